/**
 * Invoices without a node: a Lightning Address, at whose provider the money arrives. {@link
 * org.lsat.invoice.address.AddressInvoices} asks the provider for an invoice and for what became of it, {@link
 * org.lsat.invoice.address.PayRequest} is what the provider says of the address. LNURL documents LUD-06, LUD-12, LUD-16 and
 * LUD-21.
 */
@NullMarked
package org.lsat.invoice.address;

import org.jspecify.annotations.NullMarked;
