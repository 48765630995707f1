/**
 * Where invoices come from: the backends that {@code lsat.backend} chooses. The dev wallet stands in for a Lightning node
 * on a developer's machine and signs real BOLT 11 invoices; Bouncy Castle supplies the curve that the JDK lacks, through
 * its lightweight API only.
 */
@NullMarked
package org.lsat.invoice;

import org.jspecify.annotations.NullMarked;
