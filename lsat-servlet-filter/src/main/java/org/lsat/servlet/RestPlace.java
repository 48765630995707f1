package org.lsat.servlet;

import java.util.Optional;

/**
 * A path under which Jakarta REST serves an application; one servlet may have several.
 *
 * @param name tells the servlet or the filter from the others of the WAR
 * @param path decoded, below the context path, without a slash at the end; empty at the root
 * @param application the class of the {@code Application}, where the servlet or the filter names it
 */
public record RestPlace(String name, String path, Optional<String> application) {}
