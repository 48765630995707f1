/** Reads the answers of nodes and wallets, which are small JSON objects. */
@NullMarked
package org.lsat.invoice.json;

import org.jspecify.annotations.NullMarked;
