package org.lsat.it;

import java.io.File;

/** JARs that a WAR brings along where the server lacks what they are for; see the modules it/weld, it/resteasy, it/jersey. */
final class TestLibraries {

    private TestLibraries() {}

    /** A CDI container; none where the server has one. */
    static File[] cdi() {
        return in("weld");
    }

    private static File[] in(String name) {
        String all = System.getProperty("server.libraries", "");
        if (all.isEmpty()) {
            return new File[0];
        }
        File[] jars = new File(all, name + "/target/lib").listFiles((directory, file) -> file.endsWith(".jar"));
        if (jars == null || jars.length == 0) {
            throw new IllegalStateException("no JARs in " + all + "/" + name + ": build it/" + name + " before");
        }
        return jars;
    }
}
