package org.lsat.jaxrs;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Class loaders of applications: what a test takes away or puts in is seen by none but {@link RestRuntime}. */
final class Applications {

    static final String FEATURES = "META-INF/services/jakarta.ws.rs.container.DynamicFeature";
    static final String RUNTIME = "META-INF/services/jakarta.ws.rs.ext.RuntimeDelegate";
    static final String CONFIGURATION = "META-INF/microprofile-config.properties";

    private Applications() {}

    /** One without these classes and these resources, and with these files. */
    static ClassLoader without(Predicate<String> hidden, Map<String, String> files) {
        return new ClassLoader(Applications.class.getClassLoader()) {
            @Override
            protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                if (hidden.test(name)) {
                    throw new ClassNotFoundException(name);
                }
                return super.loadClass(name, resolve);
            }

            @Override
            public @Nullable URL getResource(String name) {
                return hidden.test(name) ? null : super.getResource(name);
            }

            @Override
            public Enumeration<URL> getResources(String name) throws IOException {
                String file = files.get(name);
                if (file != null) {
                    return Collections.enumeration(List.of(url(file)));
                }
                return hidden.test(name) ? Collections.emptyEnumeration() : super.getResources(name);
            }
        };
    }

    private static URL url(String text) throws IOException {
        return new URL(null, "text:x", new URLStreamHandler() {
            @Override
            protected URLConnection openConnection(URL url) {
                return new URLConnection(url) {
                    @Override
                    public void connect() {}

                    @Override
                    public InputStream getInputStream() {
                        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
                    }
                };
            }
        });
    }
}
