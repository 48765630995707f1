/**
 * An exchange-rate API that sells. Nothing in here knows the paywall but for the annotations of two resources;
 * what the others cost is said in the configuration, by path.
 */
@NullMarked
package org.lsat.example;

import org.jspecify.annotations.NullMarked;
