/**
 * The paywall as a servlet filter: its registration, the translation of requests and answers, and the life of a request
 * from opened to settled. What is decided, is decided in {@code org.lsat}.
 */
@NullMarked
package org.lsat.servlet;

import org.jspecify.annotations.NullMarked;
