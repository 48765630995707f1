/** The tests that run on every server: client side, over raw sockets, against an application that helps the attacker. */
@NullMarked
package org.lsat.it;

import org.jspecify.annotations.NullMarked;
