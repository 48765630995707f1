/**
 * Invoices from LND, by gRPC. {@link org.lsat.invoice.lnd.LndInvoices} asks for one and waits no longer than it may; {@link
 * org.lsat.invoice.lnd.LndConnection} keeps the channel; {@link org.lsat.invoice.lnd.LndFault} says what an error of the node
 * means and what helps. Of lightningj only the generated stubs are used: its wrappers know no deadline and write preimages
 * into logs.
 */
@NullMarked
package org.lsat.invoice.lnd;

import org.jspecify.annotations.NullMarked;
