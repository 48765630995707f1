/** The count of uses: it belongs to the payment, by its hash, never to a copy of a token. */
@NullMarked
package org.lsat.ledger;

import org.jspecify.annotations.NullMarked;
