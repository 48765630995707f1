package org.lsat.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lsat.protocol.RevokedPayments;

/** Reads {@code lsat.revoked} and {@code lsat.revoked.file}. */
final class RevokedReader {

    private static final String REVOKED = "lsat.revoked";
    private static final String FILE = "lsat.revoked.file";
    private static final String ALLOWED = "payment hashes, or their first 8 hex digits or more";

    /** A file of something else is said to be one in a few lines. */
    private static final int MOST_FAULTS = 10;

    private final ConfigReader config;

    private RevokedReader(ConfigReader config) {
        this.config = config;
    }

    static FileBacked<RevokedPayments> read(ConfigReader config) {
        Map<String, String> written = new HashMap<>();
        config.text(REVOKED).ifPresent(text -> written.put(REVOKED, text));
        Optional<String> file = config.text(FILE);
        file.ifPresent(name -> written.put(FILE, name));
        return new FileBacked<>(FILE, file.stream().toList(), () -> new RevokedReader(config).revoked(), () -> {
            ConfigReader again = new ConfigReader(ConfigValues.of(written));
            RevokedPayments revoked = new RevokedReader(again).revoked();
            again.finish();
            return revoked;
        });
    }

    private RevokedPayments revoked() {
        List<RevokedPayments.Prefix> prefixes = new ArrayList<>();
        config.text(REVOKED).ifPresent(text -> {
            for (String word : text.split(",", -1)) {
                Optional<RevokedPayments.Prefix> prefix = RevokedPayments.Prefix.parse(word.strip());
                prefix.ifPresentOrElse(
                        prefixes::add, () -> config.fault(REVOKED, word.strip(), ALLOWED + ", comma-separated"));
            }
        });
        config.text(FILE).ifPresent(name -> prefixes.addAll(fromFile(name)));
        return RevokedPayments.of(prefixes);
    }

    private List<RevokedPayments.Prefix> fromFile(String name) {
        List<RevokedPayments.Prefix> prefixes = new ArrayList<>();
        int faults = 0;
        List<String> lines = lines(name);
        for (int i = 0; i < lines.size() && faults < MOST_FAULTS; i++) {
            String line = lines.get(i);
            int comment = line.indexOf('#');
            String text = (comment < 0 ? line : line.substring(0, comment)).strip();
            Optional<RevokedPayments.Prefix> prefix = RevokedPayments.Prefix.parse(text);
            prefix.ifPresent(prefixes::add);
            if (prefix.isEmpty() && !text.isEmpty()) {
                // What stands there may be a preimage, which is nothing for a log.
                config.fault(FILE, name + ", line " + (i + 1), ALLOWED + ", one a line; what follows a # is a comment");
                faults++;
            }
        }
        return prefixes;
    }

    private List<String> lines(String name) {
        try {
            Path path = Path.of(name);
            if (Files.size(path) > FileBacked.MOST_BYTES) {
                config.fault(FILE, name, "a file of at most " + FileBacked.MOST_BYTES + " bytes");
                return List.of();
            }
            // Any bytes are text in it, and what is looked for is ASCII.
            return Files.readAllLines(path, StandardCharsets.ISO_8859_1);
        } catch (IOException | InvalidPathException e) {
            config.fault(FILE, name, "a file that can be read; " + e.getClass().getSimpleName());
            return List.of();
        }
    }
}
