/** An exchange-rate API that sells. Nothing in here knows the paywall: what a path costs is said in the configuration. */
@NullMarked
package org.lsat.example;

import org.jspecify.annotations.NullMarked;
