package org.lsat;

/** One field line of an answer. Several lines may have one name; their order counts. */
public record Header(String name, String value) {}
