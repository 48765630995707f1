/** The application under test. It serves what it is asked for in every way it can, so that only the filter guards it. */
@NullMarked
package org.lsat.it.app;

import org.jspecify.annotations.NullMarked;
