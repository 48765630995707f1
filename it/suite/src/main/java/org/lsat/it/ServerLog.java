package org.lsat.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** All that the server has written to its log files. */
final class ServerLog {

    private ServerLog() {}

    /** Waits for lines of the log: Tomcat writes them by a thread of its own, maybe after it answered. */
    static void awaitAll(String... texts) throws IOException {
        for (String text : texts) {
            Await.until("the log has " + text, () -> text().contains(text));
        }
    }

    static int count(String text) throws IOException {
        return text().split(Pattern.quote(text), -1).length - 1;
    }

    /** The lines in which this is found. */
    static List<String> lines(Pattern what) throws IOException {
        return text().lines().filter(what.asPredicate()).toList();
    }

    static String text() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(Path.of(System.getProperty("server.log.dir")))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }
}
