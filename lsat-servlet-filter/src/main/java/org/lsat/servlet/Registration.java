package org.lsat.servlet;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;

/**
 * Whether the filter is in the application at all. Where {@code web.xml} has an {@code <absolute-ordering>} that leaves us out,
 * no initializer of ours runs, and everything would be free. Listeners that the container finds in other ways, by the tag
 * library descriptor and by CDI, look here, and stop the deployment.
 */
final class Registration {

    private static final String DONE = LsatInitializer.class.getName();
    private static final String FILTER = LsatFilter.class.getName();

    private Registration() {}

    static boolean isDone(ServletContext context) {
        return context.getAttribute(DONE) != null;
    }

    static void done(ServletContext context) {
        context.setAttribute(DONE, true);
    }

    /**
     * Does nothing if the filter is there, or may yet come: where CDI is a library, as on Tomcat and Jetty, an initializer starts
     * it, before ours or after. Then the listener asks again, when all have run.
     *
     * @throws IllegalStateException with the cure
     */
    static void require(ServletContext context) {
        if (isDone(context)) {
            return;
        }
        try {
            context.addListener(new LsatListener());
        } catch (IllegalArgumentException | IllegalStateException | UnsupportedOperationException e) {
            // Nobody but an initializer may add one that hears of the start: none is running.
            requireNow(context);
        }
    }

    /**
     * Does nothing if the filter is there; to be called when the initializers have run.
     *
     * @throws IllegalStateException with the cure
     */
    static void requireNow(ServletContext context) {
        if (!isDone(context) && isMissing(context)) {
            throw new IllegalStateException("lsat: the application " + context.getContextPath()
                    + " has the paywall's JAR, and the server did not run the initializer in it: everything would be free."
                    + " If WEB-INF/web.xml has an <absolute-ordering>, add <others/> to it, or take it away; else put the"
                    + " JAR into WEB-INF/lib. Or declare the filter " + FILTER
                    + " in web.xml, as its documentation shows");
        }
    }

    /**
     * Does nothing if the server looks for initializers where this class is from. Open Liberty looks in the WAR only, so that
     * with this JAR in the lib directory of an EAR, or in a shared library, no filter would be there.
     *
     * @throws IllegalStateException with the cure
     */
    static void requirePlace(Class<?> ours) {
        boolean liberty = ours.getClassLoader().getClass().getName().startsWith("com.ibm.ws.");
        URL place = ours.getProtectionDomain().getCodeSource().getLocation();
        if (liberty && !place.getPath().contains("/WEB-INF/")) {
            throw new IllegalStateException("lsat: the paywall's JAR is " + place
                    + ", where Open Liberty looks for no initializers: everything would be free."
                    + " Put it into WEB-INF/lib of each WAR");
        }
    }

    private static boolean isMissing(ServletContext context) {
        try {
            return context.getFilterRegistrations().values().stream()
                    .noneMatch(filter -> FILTER.equals(filter.getClassName()));
        } catch (UnsupportedOperationException e) {
            // Of a listener that was not declared in web.xml. Somebody else may have added the filter by a program.
            String descriptor = descriptor(context);
            return descriptor.contains("absolute-ordering") && !descriptor.contains(FILTER);
        }
    }

    private static String descriptor(ServletContext context) {
        try (InputStream in = context.getResourceAsStream("/WEB-INF/web.xml")) {
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("lsat: WEB-INF/web.xml cannot be read", e);
        }
    }
}
