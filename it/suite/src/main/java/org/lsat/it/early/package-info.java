/** What an application puts before the paywall. */
@NullMarked
package org.lsat.it.early;

import org.jspecify.annotations.NullMarked;
