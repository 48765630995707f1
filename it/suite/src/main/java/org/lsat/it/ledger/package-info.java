/** An application whose uses are counted in a database. */
@NullMarked
package org.lsat.it.ledger;

import org.jspecify.annotations.NullMarked;
