/** The ledger in a database: a file of its own, or the server's {@code DataSource}. */
@NullMarked
package org.lsat.ledger.jdbc;

import org.jspecify.annotations.NullMarked;
