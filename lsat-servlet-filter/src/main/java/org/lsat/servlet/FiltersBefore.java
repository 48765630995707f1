package org.lsat.servlet;

import jakarta.servlet.Filter;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Names the application's filters that run before the paywall, once each: what they answer, nobody paid for. No container
 * tells the order of its filters, but the stack of a request does. Only the first requests are looked at. Thread-safe.
 */
final class FiltersBefore {

    private static final System.Logger LOG = System.getLogger("org.lsat");
    private static final int REQUESTS = 20;

    private final AtomicInteger left = new AtomicInteger(REQUESTS);
    private final Set<String> named = ConcurrentHashMap.newKeySet();

    /**
     * Looks at the stack of the thread that runs the request.
     *
     * @param application loads the application's classes
     */
    void look(ClassLoader application) {
        if (left.get() <= 0 || left.getAndDecrement() <= 0) {
            return;
        }
        // A filter that is a lambda is one of the frames that are hidden otherwise.
        StackWalker.getInstance(
                        Set.of(StackWalker.Option.RETAIN_CLASS_REFERENCE, StackWalker.Option.SHOW_HIDDEN_FRAMES))
                .forEach(frame -> name(frame.getDeclaringClass(), application));
    }

    private void name(Class<?> caller, ClassLoader application) {
        if (isForeignFilter(caller, application) && named.add(name(caller))) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "lsat: the filter " + name(caller)
                            + " ran before the paywall: what it answers is not paid for. In web.xml, map "
                            + LsatFilter.class.getName() + " before it");
        }
    }

    /** Of a lambda, the class in which it stands. */
    private static String name(Class<?> filter) {
        return filter.getName().replaceFirst("\\$\\$Lambda.*", " (a lambda)");
    }

    /** Those that the container brings are its own business. */
    private boolean isForeignFilter(Class<?> caller, ClassLoader application) {
        ClassLoader loader = caller.getClassLoader();
        return Filter.class.isAssignableFrom(caller)
                && caller != LsatFilter.class
                && (loader == application || loader == LsatFilter.class.getClassLoader());
    }
}
