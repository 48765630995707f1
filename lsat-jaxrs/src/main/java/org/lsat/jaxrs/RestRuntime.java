package org.lsat.jaxrs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether the Jakarta REST of an application will load {@link PaidFeature}. By names, since there may be none. */
final class RestRuntime {

    /** Of {@link PaidFeature}. */
    static final int PRIORITY = 402;

    private static final String API = "jakarta.ws.rs.core.Application";

    /** New in 3.1, as is the loading of features as services. */
    private static final String API_3_1 = "jakarta.ws.rs.SeBootstrap";

    private static final String RUNTIME = "jakarta.ws.rs.ext.RuntimeDelegate";
    private static final String SERVICES = "META-INF/services/";
    private static final String FEATURES = SERVICES + "jakarta.ws.rs.container.DynamicFeature";
    private static final String OURS = "org.lsat.jaxrs.PaidFeature";
    private static final String INSTEAD = "rules by path: lsat.rules.<name>.path=/…";

    private final ClassLoader loader;

    private RestRuntime(ClassLoader loader) {
        this.loader = loader;
    }

    static boolean isPresent(ClassLoader loader) {
        return new RestRuntime(loader).has(API);
    }

    /**
     * Why there can be no gate here. Not asked for annotated resources only: TomEE 9 does not tell of a class of which only
     * methods are annotated.
     */
    static Optional<String> tooOld(ClassLoader loader) {
        RestRuntime runtime = new RestRuntime(loader);
        return runtime.has(API) && !runtime.has(API_3_1)
                ? Optional.of(
                        "the Jakarta REST here is older than 3.1 and loads no features as services (TomEE 9). Take"
                                + " lsat-jaxrs out, and @Paid and @Free with it, or lsat-all for lsat-servlet-filter and"
                                + " lsat-ejb-invoice; what works here are " + INSTEAD)
                : Optional.empty();
    }

    /** Why no gate would see annotated resources; empty if one does. */
    static List<String> faults(ClassLoader loader) {
        return new RestRuntime(loader).faults();
    }

    private List<String> faults() {
        if (!has(API) || !hasRuntime()) {
            return List.of("resources are annotated, and there is no Jakarta REST in the application or its server."
                    + " Take the annotations away; what works here are " + INSTEAD);
        }
        List<String> faults = new ArrayList<>();
        Set<String> features = features();
        if (!features.contains(OURS)) {
            faults.add(FEATURES + " does not list " + OURS
                    + ": use lsat-jaxrs as it is, or merge such files when you merge JARs");
        }
        features.stream()
                .filter(feature -> !feature.equals(OURS) && hasOurPriority(feature))
                .forEach(feature -> faults.add(feature + ", listed in " + FEATURES + ", has @Priority(" + PRIORITY
                        + ") as ours has, and RESTEasy drops one of two alike: give it another priority"));
        return faults;
    }

    private boolean has(String type) {
        try {
            Class.forName(type, false, loader);
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    /** Asks for it only where it is not listed in a file that can be seen, since that starts it. */
    private boolean hasRuntime() {
        if (loader.getResource(SERVICES + RUNTIME) != null) {
            return true;
        }
        try {
            return Class.forName(RUNTIME, false, loader)
                            .getMethod("getInstance")
                            .invoke(null)
                    != null;
        } catch (ReflectiveOperationException | LinkageError e) {
            return false;
        }
    }

    private Set<String> features() {
        Set<String> names = new LinkedHashSet<>();
        try {
            for (URL file : Collections.list(loader.getResources(FEATURES))) {
                try (BufferedReader reader =
                        new BufferedReader(new InputStreamReader(file.openStream(), StandardCharsets.UTF_8))) {
                    reader.lines()
                            .map(line -> line.replaceFirst("#.*", "").strip())
                            .filter(line -> !line.isEmpty())
                            .forEach(names::add);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names;
    }

    /** {@code jakarta.annotation} of the application, which need not be the one that this class sees. */
    private boolean hasOurPriority(String feature) {
        try {
            for (Annotation annotation : Class.forName(feature, false, loader).getAnnotations()) {
                if (annotation.annotationType().getName().equals("jakarta.annotation.Priority")) {
                    Object value =
                            annotation.annotationType().getMethod("value").invoke(annotation);
                    return value.equals(PRIORITY);
                }
            }
            return false;
        } catch (ReflectiveOperationException | LinkageError e) {
            // It cannot be loaded by Jakarta REST either.
            return false;
        }
    }
}
