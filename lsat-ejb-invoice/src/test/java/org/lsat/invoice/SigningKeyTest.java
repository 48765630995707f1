package org.lsat.invoice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class SigningKeyTest {

    /** As a container's thread would be that starts one application after the other. */
    @Test
    void theThreadThatSignsFirstDoesNotKeepTheClassLoader() throws Exception {
        WeakReference<ClassLoader> gone = signedByAnotherClassLoader();
        for (long end = System.nanoTime() + 10_000_000_000L; !gone.refersTo(null) && System.nanoTime() < end; ) {
            System.gc();
        }
        assertThat(gone.refersTo(null)).isTrue();
    }

    private static WeakReference<ClassLoader> signedByAnotherClassLoader() throws Exception {
        List<URL> classPath = new ArrayList<>();
        for (String path : System.getProperty("java.class.path").split(File.pathSeparator)) {
            classPath.add(new File(path).toURI().toURL());
        }
        try (URLClassLoader loader =
                new URLClassLoader(classPath.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Class<?> type = loader.loadClass(SigningKey.class.getName());
            Method generate = type.getDeclaredMethod("generate", RandomGenerator.class);
            generate.setAccessible(true);
            Method sign = type.getDeclaredMethod("sign", byte[].class);
            sign.setAccessible(true);
            sign.invoke(generate.invoke(null, new SecureRandom()), (Object) new byte[1]);
            return new WeakReference<>(loader);
        }
    }
}
