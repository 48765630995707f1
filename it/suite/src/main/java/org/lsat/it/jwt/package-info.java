/** An application whose login is MicroProfile JWT; no test looks into it but through HTTP. */
@NullMarked
package org.lsat.it.jwt;

import org.jspecify.annotations.NullMarked;
