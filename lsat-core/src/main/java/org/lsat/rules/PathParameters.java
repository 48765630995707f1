package org.lsat.rules;

/** Which parameters ({@code ;name=value}) a request target may have; none of them unless it is configured. */
public enum PathParameters {
    /** {@code ;jsessionid=…} at the very end, as containers write it for clients without cookies. */
    JSESSIONID,
    /** Any, in any segment: matrix parameters of Jakarta REST. */
    MATRIX
}
