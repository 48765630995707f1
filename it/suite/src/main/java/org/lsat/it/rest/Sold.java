package org.lsat.it.rest;

/** What costs money, and is recognised wherever it turns up. */
final class Sold {

    private Sold() {}

    static String content(String what) {
        return "PAID-CONTENT " + what + "\n";
    }
}
