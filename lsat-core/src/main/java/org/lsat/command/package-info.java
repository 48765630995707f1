/** What is called from a shell. */
@NullMarked
package org.lsat.command;

import org.jspecify.annotations.NullMarked;
