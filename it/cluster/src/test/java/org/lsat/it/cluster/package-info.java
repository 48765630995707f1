/**
 * Two nodes of one kind behind a round-robin proxy, with one PostgreSQL and one secret: servers that are started, killed and
 * started again as processes. See {@link org.lsat.it.cluster.Cluster}.
 */
@NullMarked
package org.lsat.it.cluster;

import org.jspecify.annotations.NullMarked;
