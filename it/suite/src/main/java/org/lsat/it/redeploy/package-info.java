/** An application that ends while requests are under way. */
@NullMarked
package org.lsat.it.redeploy;

import org.jspecify.annotations.NullMarked;
