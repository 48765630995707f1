package org.lsat.it.regtest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The directory of lnd, lncli and btcd; {@code it/regtest/tools/build} makes them once. */
final class Tools {

    private static final String BANNER = """

            ******************************************************************************
            *  NOT TESTED against a real LND: there is no Go here to build it with.      *
            *  Install Go 1.24.11 or newer (https://go.dev/dl) to run these tests, too.  *
            ******************************************************************************
            """;

    private static final boolean HAS_GO = hasGo();

    private Tools() {}

    /** Whether there can be any. Says so loudly where not; in CI that is an error. */
    static boolean canBeBuilt() {
        if (HAS_GO) {
            return true;
        }
        if (System.getenv("CI") != null) {
            throw new AssertionError("CI needs Go 1.24.11 or newer, for the tests against a real LND");
        }
        System.err.print(BANNER);
        return false;
    }

    static Path directory() throws IOException, InterruptedException {
        Process build = new ProcessBuilder(System.getProperty("regtest.tools") + "/build")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String printed = new String(build.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (build.waitFor() != 0) {
            throw new AssertionError("it/regtest/tools/build failed; its output is above");
        }
        return Path.of(printed);
    }

    private static boolean hasGo() {
        try {
            return new ProcessBuilder("go", "version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
