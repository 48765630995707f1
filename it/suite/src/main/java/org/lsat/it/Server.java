package org.lsat.it;

import java.util.Locale;

/** What the tests run on. A test that asks says what differs there and why. */
enum Server {
    TOMCAT,
    WILDFLY,
    PAYARA,
    LIBERTY;

    static final Server KIND = valueOf(System.getProperty("arquillian.launch").toUpperCase(Locale.ROOT));
}
