/** Resources of Jakarta REST in all the shapes in which one can be sold; no test looks into it but through HTTP. */
@NullMarked
package org.lsat.it.rest;

import org.jspecify.annotations.NullMarked;
