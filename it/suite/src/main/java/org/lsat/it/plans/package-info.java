/** An application that is sold by plans: a resource that is priced by its annotation, and a servlet that says what it cost. */
@NullMarked
package org.lsat.it.plans;

import org.jspecify.annotations.NullMarked;
