/** Who a client is: addresses, and the proxies whose word about them is believed. */
@NullMarked
package org.lsat.client;

import org.jspecify.annotations.NullMarked;
