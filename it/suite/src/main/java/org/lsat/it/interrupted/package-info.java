/** An application that interrupts its own threads. */
@NullMarked
package org.lsat.it.interrupted;

import org.jspecify.annotations.NullMarked;
