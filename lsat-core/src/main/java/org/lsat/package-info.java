/**
 * What users of the paywall touch: {@link org.lsat.Paywall} decides a request and returns the finished answer as data;
 * {@link org.lsat.InvoiceSource} is what a Lightning node has to do; {@link org.lsat.PaidAccess} is what the
 * application sees. Needs nothing but the JDK.
 */
@NullMarked
package org.lsat;

import org.jspecify.annotations.NullMarked;
