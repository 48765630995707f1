package org.lsat.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.lsat.protocol.Secret;

/** The present and the previous secrets, each in the configuration itself or in a file that it names. */
final class SecretsReader {

    private static final String PRESENT = "lsat.secret";
    private static final String PREVIOUS = "lsat.secret.previous";
    private static final String FILE = ".file";
    private static final String LONG_ENOUGH = "at least " + Secret.MIN_LENGTH + " bytes, as from: openssl rand -hex 32";

    /** Parts of secrets that stand in documentation and test vectors, and that everybody has. */
    private static final Set<String> EXAMPLES =
            Set.of("correct-horse-battery-staple", "changeme", "change-me", "change_me", "example");

    /** A secret of fewer different bytes is a placeholder. */
    private static final int FEWEST_DIFFERENT_BYTES = 8;

    private static final long MOST_BYTES = 65_536;

    private final ConfigReader config;

    SecretsReader(ConfigReader config) {
        this.config = config;
    }

    Optional<Secret> present() {
        Optional<String> written = config.verbatim(PRESENT);
        Optional<String> file = config.text(PRESENT + FILE);
        if (written.isPresent() && file.isPresent()) {
            config.fault(PRESENT, "(hidden)", "either it or " + PRESENT + FILE + ", not both");
        }
        if (written.isPresent()
                && (!written.get().equals(written.get().strip())
                        || written.get().indexOf(',') >= 0)) {
            // It could not be written into the list of previous secrets one day, and every token sold would die.
            config.fault(PRESENT, "(hidden)", "no comma, and no white space around it; or " + PRESENT + FILE);
            return Optional.empty();
        }
        if (written.isPresent()) {
            return checked(PRESENT, written.get().getBytes(StandardCharsets.UTF_8));
        }
        return file.flatMap(path -> fromFile(PRESENT + FILE, path));
    }

    boolean isMissing() {
        return config.verbatim(PRESENT).isEmpty() && config.text(PRESENT + FILE).isEmpty();
    }

    void reportMissing() {
        if (isMissing()) {
            config.fault(PRESENT, "", LONG_ENOUGH + "; or " + PRESENT + FILE + ", a file that holds it");
        }
    }

    List<Secret> previous() {
        List<Secret> secrets = new ArrayList<>();
        for (String written : list(config.text(PREVIOUS))) {
            checked(PREVIOUS, written.getBytes(StandardCharsets.UTF_8)).ifPresent(secrets::add);
        }
        for (String path : list(config.text(PREVIOUS + FILE))) {
            fromFile(PREVIOUS + FILE, path).ifPresent(secrets::add);
        }
        return secrets;
    }

    /** The files that hold secrets: the present one first, since it becomes a previous one before it is replaced. */
    private List<String> files() {
        List<String> files = new ArrayList<>();
        config.text(PRESENT + FILE).ifPresent(files::add);
        files.addAll(list(config.text(PREVIOUS + FILE)));
        return files;
    }

    /** What is made of the secrets now, and again whenever their files hold others. */
    <T> FileBacked<T> backed(Function<SecretsReader, T> maker) {
        Map<String, String> written = new HashMap<>();
        for (String name : List.of(PRESENT, PRESENT + FILE, PREVIOUS, PREVIOUS + FILE)) {
            config.verbatim(name).ifPresent(value -> written.put(name, value));
        }
        return new FileBacked<>(PRESENT + FILE, files(), () -> maker.apply(this), () -> {
            ConfigReader again = new ConfigReader(ConfigValues.of(written));
            T made = maker.apply(new SecretsReader(again));
            again.finish();
            return made;
        });
    }

    private static List<String> list(Optional<String> text) {
        return text.map(commas ->
                        Arrays.stream(commas.split(",", -1)).map(String::strip).toList())
                .orElse(List.of());
    }

    private Optional<Secret> fromFile(String property, String name) {
        try {
            Path path = Path.of(name);
            if (Files.size(path) > MOST_BYTES) {
                config.fault(property, name, "a file of at most " + MOST_BYTES + " bytes");
                return Optional.empty();
            }
            return checked(property, withoutLastNewline(Files.readAllBytes(path)));
        } catch (IOException | InvalidPathException e) {
            // A name in no folder that exists may be the secret itself, put into the wrong property.
            config.fault(
                    property,
                    isInSomeFolder(name) ? name : "(hidden)",
                    "a file that can be read; " + e.getClass().getSimpleName());
            return Optional.empty();
        }
    }

    private static boolean isInSomeFolder(String name) {
        try {
            Path folder = Path.of(name).getParent();
            return folder != null && folder.getNameCount() > 0 && Files.isDirectory(folder);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static byte[] withoutLastNewline(byte[] bytes) {
        int end = bytes.length;
        if (end > 0 && bytes[end - 1] == '\n') {
            end--;
            if (end > 0 && bytes[end - 1] == '\r') {
                end--;
            }
        }
        return Arrays.copyOf(bytes, end);
    }

    private Optional<Secret> checked(String property, byte[] bytes) {
        if (bytes.length < Secret.MIN_LENGTH) {
            config.fault(property, "(hidden, " + bytes.length + " bytes)", LONG_ENOUGH);
            return Optional.empty();
        }
        long different = new String(bytes, StandardCharsets.ISO_8859_1)
                .chars()
                .distinct()
                .count();
        String text = new String(bytes, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
        if (EXAMPLES.stream().anyMatch(text::contains) || different < FEWEST_DIFFERENT_BYTES) {
            config.fault(property, "(hidden, an example)", "a secret of your own, " + LONG_ENOUGH);
            return Optional.empty();
        }
        return Optional.of(Secret.of(bytes));
    }
}
