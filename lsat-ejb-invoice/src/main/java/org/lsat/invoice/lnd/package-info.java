/**
 * Invoices from LND, however it is reached. {@link org.lsat.invoice.lnd.LndInvoices} asks for one and waits no longer than it
 * may; {@link org.lsat.invoice.lnd.LndTransport} carries its questions, here by REST, in lsat-invoice-lnd by gRPC; {@link
 * org.lsat.invoice.lnd.LndFault} says what an error of the node means and what helps.
 */
@NullMarked
package org.lsat.invoice.lnd;

import org.jspecify.annotations.NullMarked;
