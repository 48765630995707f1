package org.lsat;

import java.time.Duration;

/**
 * What the paywall asks a node for.
 *
 * @param amountMsat millisatoshi, above 0
 * @param memo at most 639 UTF-8 bytes; holds nothing that came from a client
 * @param expiry how long it may be paid, in whole seconds, above 0
 */
public record InvoiceRequest(long amountMsat, String memo, Duration expiry) {}
