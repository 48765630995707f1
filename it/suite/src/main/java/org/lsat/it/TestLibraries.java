package org.lsat.it;

import java.io.File;

/** JARs that a WAR brings along where the server lacks what they are for; see the module it/libraries. */
final class TestLibraries {

    private TestLibraries() {}

    /** A CDI container; none where the server has one. */
    static File[] cdi() {
        return in("weld");
    }

    private static File[] in(String name) {
        String all = System.getProperty("server.libs", "");
        if (all.isEmpty()) {
            return new File[0];
        }
        File[] jars = new File(all, name).listFiles((directory, file) -> file.endsWith(".jar"));
        if (jars == null || jars.length == 0) {
            throw new IllegalStateException("no JARs in " + all + "/" + name + ": build it/libraries before");
        }
        return jars;
    }
}
