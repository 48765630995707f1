package org.lsat.jaxrs;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What is annotated is sold under a rule: a resource method, or all those of a resource class that say nothing else.
 *
 * <pre>
 *   &#64;GET &#64;Path("{city}") &#64;Paid(value = "forecast", price = "10 sat")
 *   public Forecast of(&#64;PathParam("city") String city) …
 * </pre>
 *
 * <p>The annotation may stand on a class, an interface or a superclass, and on a method of any of them. The nearest wins:
 * the method itself, then the one of a superclass that it overrides, then of an interface, then the class, its
 * superclasses, its interfaces. A method of a sub-resource for which nothing is said costs what the class says whose
 * locator led to it. {@link Free} takes a method out. Two interfaces that disagree make the resource answer 503, and so does a
 * proxy of an interface that says nothing, where a class behind it may say something.
 *
 * <p>Every other member may stand in the configuration instead, and the configuration overrides it: {@code lsat.rules.<name>.price}
 * and so on. Members of annotations of one rule are taken together; two that contradict each other
 * stop the deployment. It does as well where an annotation stands where no gate would see it. The rule may have a path, too:
 * a request is charged once for both.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Paid {

    /**
     * The rule's name, {@code [a-z0-9-]+}. It is signed into every token that is sold: a product number, never to be given to
     * something dearer.
     */
    String value();

    /** {@code 10 sat}, {@code 1500 msat}, or {@code code}: an {@code org.lsat.PriceSource} prices each request. */
    String price() default "";

    /** How many successful requests one payment buys, at least 1; 0: see {@link #validFor}. */
    long uses() default 0;

    /**
     * How long one payment is good for, from the end of its invoice, in ISO 8601: {@code P30D}. Alone it buys any number of
     * requests, with {@link #uses} whichever ends first; without either, one payment buys one request, within an hour.
     */
    String validFor() default "";

    /** The methods that cost something, in capitals; none: all. GET implies HEAD. */
    String[] methods() default {};

    /** For people, in the 402. */
    String description() default "";
}
