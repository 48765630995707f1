package org.lsat.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What the server wrote to its log since it was unpacked. */
final class ServerLog {

    private ServerLog() {}

    static String read() throws IOException {
        String directory = System.getProperty("server.log.dir", System.getProperty("server.home") + "/logs");
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(Path.of(directory))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }
}
