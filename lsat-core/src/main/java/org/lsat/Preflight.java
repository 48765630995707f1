package org.lsat;

/**
 * The question that a browser asks before a request to another origin (Fetch standard, "CORS-preflight request").
 *
 * @param method {@code Access-Control-Request-Method}
 * @param headers {@code Access-Control-Request-Headers}, empty where there are none
 */
public record Preflight(String method, String headers) {}
