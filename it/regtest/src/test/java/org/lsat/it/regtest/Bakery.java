package org.lsat.it.regtest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Bakes the macaroon that the documentation tells a shop owner to bake, by the very line that stands there. */
final class Bakery {

    private static final String COMMAND = "lncli bakemacaroon ";
    private static final String FILE = "l402.macaroon";

    private Bakery() {}

    static void bake(LndNode node, Path file) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>();
        for (String argument : line().substring("lncli ".length()).split(" ")) {
            arguments.add(argument.equals(FILE) ? file.toString() : argument);
        }
        node.lncli(arguments);
    }

    private static String line() throws IOException {
        return Files.readAllLines(Path.of(System.getProperty("regtest.docs"))).stream()
                .filter(line -> line.startsWith(COMMAND))
                .findFirst()
                .orElseThrow(() -> new AssertionError("docs/lnd.md has no line that begins with " + COMMAND));
    }
}
