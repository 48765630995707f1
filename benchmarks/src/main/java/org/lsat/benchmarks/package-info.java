/** What the paid path costs, each part beside its floor: the fastest plain code for the same job. */
@NullMarked
package org.lsat.benchmarks;

import org.jspecify.annotations.NullMarked;
