/**
 * Prices on resources of Jakarta REST, by annotation, and the second gate of the paywall: what a request was matched to is
 * judged once more, after the servlet filter. Jakarta REST 3.1 or newer.
 */
@NullMarked
package org.lsat.jaxrs;

import org.jspecify.annotations.NullMarked;
