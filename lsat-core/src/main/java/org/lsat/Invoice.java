package org.lsat;

import org.lsat.protocol.PaymentHash;

/**
 * What a node issued.
 *
 * @param paymentHash the hash that the node states beside the invoice
 * @param bolt11 its text form; the paywall reads it and refuses one that does not match what it asked for
 */
public record Invoice(PaymentHash paymentHash, String bolt11) {}
