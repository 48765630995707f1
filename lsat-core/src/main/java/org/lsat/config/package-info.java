/**
 * The configuration model: from names and values to immutable settings, all faults at once. Reading MicroProfile Config
 * itself is the adapter's; its three standard sources are read here where no implementation is there.
 */
@NullMarked
package org.lsat.config;

import org.jspecify.annotations.NullMarked;
