/** Beans of an application under test that uses CDI. */
@org.jspecify.annotations.NullMarked
package org.lsat.it.cdi;
