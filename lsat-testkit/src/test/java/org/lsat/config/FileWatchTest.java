package org.lsat.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lsat.protocol.PaymentHash;
import org.lsat.protocol.RevokedPayments;
import org.lsat.protocol.RootKeys;
import org.lsat.protocol.Secret;
import org.lsat.protocol.Tokens;

@DisplayName("A file that changes while the application runs")
final class FileWatchTest {

    private static final String OLD = "0123456789abcdef0123456789abcdef";
    private static final String NEW = "fedcba9876543210fedcba9876543210";
    private static final String THIRD = "00ff11ee22dd33cc44bb55aa66997788";

    @TempDir
    private Path folder;

    private final Map<String, String> properties = new HashMap<>(Map.of(
            "lsat.backend", "lnd",
            "lsat.realm", "weather",
            "lsat.rules.forecast.path", "/api/forecast/*",
            "lsat.rules.forecast.price", "10 sat",
            "lsat.rules.forecast.valid-for", "P30D"));

    private final List<String> warnings = new ArrayList<>();

    private Settings settings() {
        ConfigReader config = new ConfigReader(ConfigValues.of(properties));
        Settings settings = SettingsReader.read(config, Map.of("lnd", false), new SecureRandom());
        config.finish();
        return settings;
    }

    /** Looks until there is nothing to look at again soon, as the thread does. */
    private static void look(FileWatch<?> watch) {
        for (int i = 0; i < 3 && watch.look(); i++) {
            // Once more.
        }
    }

    @Test
    @DisplayName("once more while it is read is read once more, since what was read may be half-written")
    void changesWhileItIsRead() throws IOException {
        Path file = Files.writeString(folder.resolve("value"), "old");
        List<String> inUse = new ArrayList<>();
        List<String> writes = new ArrayList<>(List.of("hal"));
        FileBacked<String> value = new FileBacked<>("lsat.value", List.of(file.toString()), () -> "old", () -> {
            try {
                // Somebody writes between the look and the reading.
                Files.writeString(file, writes.isEmpty() ? Files.readString(file) : writes.remove(0));
                return Files.readString(file);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        FileWatch<String> watch = new FileWatch<>(value, inUse::add, warnings::add);
        Files.writeString(file, "new");
        assertThat(watch.look()).isTrue();
        assertThat(watch.look()).isTrue();
        assertThat(inUse).isEmpty();
        Files.writeString(file, "half no more");
        look(watch);
        assertThat(inUse).containsExactly("half no more");
    }

    @Nested
    @DisplayName("and holds a secret,")
    final class OfSecrets {

        private Path present;
        private Path previous;
        private FileWatch<RootKeys> watch;
        private RootKeys keys;

        @BeforeEach
        void start() throws IOException {
            present = Files.writeString(folder.resolve("secret"), OLD + "\n");
            previous = Files.writeString(folder.resolve("previous"), OLD + "\n");
            properties.put("lsat.secret.file", present.toString());
            properties.put("lsat.secret.previous.file", previous.toString());
            restart();
        }

        private void restart() {
            Settings settings = settings();
            keys = settings.keys();
            watch = new FileWatch<>(settings.tokenKeys(), read -> keys = read, warnings::add);
        }

        private boolean verify(String secret) {
            RootKeys minting = RootKeys.derive("weather", "bc", Secret.of(secret), List.of());
            return keys.isGenuine(Tokens.paid(Tokens.mint(minting, 0)));
        }

        private boolean mintWith(String secret) {
            RootKeys verifying = RootKeys.derive("weather", "bc", Secret.of(secret), List.of());
            return verifying.isGenuine(Tokens.paid(Tokens.mint(keys, 0)));
        }

        private void replace(Path file, String secret) throws IOException {
            Path written = Files.writeString(folder.resolve("written"), secret + "\n");
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
        }

        @Test
        @DisplayName("is left alone while it stays as it is")
        void isLeftAlone() {
            RootKeys before = keys;
            assertThat(watch.look()).isFalse();
            assertThat(keys).isSameAs(before);
        }

        @Test
        @DisplayName(
                "gives new tokens the new secret, and those of the old one are good as long as it is a previous one")
        void rotates() throws IOException {
            replace(present, NEW);
            look(watch);
            assertThat(mintWith(NEW)).isTrue();
            assertThat(verify(OLD)).isTrue();
            replace(previous, NEW);
            look(watch);
            assertThat(verify(OLD)).isFalse();
            assertThat(verify(NEW)).isTrue();
            assertThat(warnings).isEmpty();
        }

        @Test
        @DisplayName("is used only when a second look finds the same: the first may have found a half of it")
        void waitsForASecondLook() throws IOException {
            Files.writeString(present, NEW);
            assertThat(watch.look()).isTrue();
            assertThat(mintWith(OLD)).isTrue();
            Files.writeString(present, NEW + " and more");
            assertThat(watch.look()).isTrue();
            assertThat(mintWith(OLD)).isTrue();
            assertThat(watch.look()).isFalse();
            assertThat(mintWith(NEW + " and more")).isTrue();
        }

        @Test
        @DisplayName("changes nothing while it is short, an example or not there, and says so at every look")
        void keepsTheFormer() throws IOException {
            for (String bad : List.of("", "short", "changeme-changeme-changeme-changeme")) {
                Files.writeString(present, bad);
                look(watch);
                assertThat(mintWith(OLD)).as(bad).isTrue();
                assertThat(warnings)
                        .last()
                        .asString()
                        .contains("lsat.secret.file", "cannot be used", "at least 32 bytes, as from: openssl rand")
                        .doesNotContain("changeme-");
            }
            int before = warnings.size();
            watch.look();
            assertThat(warnings).hasSize(before + 1);
            Files.delete(present);
            look(watch);
            assertThat(mintWith(OLD)).isTrue();
            assertThat(warnings).last().asString().contains("a file that can be read; NoSuchFileException");
            replace(present, NEW);
            look(watch);
            assertThat(mintWith(NEW)).isTrue();
        }

        @Test
        @DisplayName("is as before when it becomes as it was, without a word")
        void isAsBefore() throws IOException {
            Files.writeString(present, "half");
            assertThat(watch.look()).isTrue();
            replace(present, OLD);
            assertThat(watch.look()).isFalse();
            assertThat(warnings).isEmpty();
        }

        @Test
        @DisplayName("is seen also where it has the size and the times of the former")
        void isSeenWithTheSameTimes() throws IOException {
            FileTime time = Files.getLastModifiedTime(present);
            replace(present, NEW);
            Files.setLastModifiedTime(present, time);
            look(watch);
            assertThat(mintWith(NEW)).isTrue();
        }

        @Test
        @DisplayName("is seen behind links of which another directory takes the place, as orchestrators do it")
        void isSeenBehindLinks() throws IOException {
            Path one = Files.createDirectory(folder.resolve("..one"));
            Path two = Files.createDirectory(folder.resolve("..two"));
            Files.writeString(one.resolve("secret"), OLD);
            Files.writeString(one.resolve("previous"), OLD);
            Files.writeString(two.resolve("secret"), NEW);
            Files.writeString(two.resolve("previous"), OLD);
            Path data = Files.createSymbolicLink(folder.resolve("..data"), one);
            properties.put(
                    "lsat.secret.file",
                    Files.createSymbolicLink(folder.resolve("linked"), data.resolve("secret"))
                            .toString());
            restart();
            Path swapped = Files.createSymbolicLink(folder.resolve("..swapped"), two);
            Files.move(swapped, data, StandardCopyOption.ATOMIC_MOVE);
            look(watch);
            assertThat(mintWith(NEW)).isTrue();
        }

        @Test
        @DisplayName("loses no token of two nodes that change one after the other in the order of the documentation")
        void losesNoTokenOfTwoNodes() throws IOException {
            List<Node> nodes = List.of(new Node("a"), new Node("b"));
            for (String step : List.of("next", "previous", "secret")) {
                for (Node node : nodes) {
                    node.put(step, step.equals("previous") ? OLD : NEW);
                    assertEachTakesTheTokensOf(nodes, OLD);
                }
            }
            assertThat(nodes)
                    .allSatisfy(node -> assertThat(node.accepts(node.sells())).isTrue());
            nodes.get(0).put("previous", NEW);
            assertThat(nodes.get(0).accepts(RootKeys.derive("weather", "bc", Secret.of(OLD), List.of())))
                    .isFalse();
            assertThat(nodes.get(0).accepts(nodes.get(1).sells())).isTrue();
        }

        private void assertEachTakesTheTokensOf(List<Node> nodes, String old) {
            for (Node node : nodes) {
                assertThat(node.accepts(RootKeys.derive("weather", "bc", Secret.of(old), List.of())))
                        .isTrue();
                for (Node seller : nodes) {
                    assertThat(node.accepts(seller.sells())).isTrue();
                }
            }
        }

        /** One of several servers, with files of its own. */
        private final class Node {

            private final Path files;
            private final FileWatch<RootKeys> watch;
            private RootKeys keys;

            Node(String name) throws IOException {
                files = Files.createDirectory(folder.resolve(name));
                for (String file : List.of("secret", "next", "previous")) {
                    Files.writeString(files.resolve(file), OLD);
                }
                properties.put("lsat.secret.file", files.resolve("secret").toString());
                properties.put("lsat.secret.previous.file", files.resolve("next") + "," + files.resolve("previous"));
                Settings settings = settings();
                keys = settings.keys();
                watch = new FileWatch<>(settings.tokenKeys(), read -> keys = read, warnings::add);
            }

            void put(String file, String secret) throws IOException {
                Path written = Files.writeString(files.resolve("written"), secret);
                Files.move(written, files.resolve(file), StandardCopyOption.ATOMIC_MOVE);
                look(watch);
            }

            RootKeys sells() {
                return keys;
            }

            boolean accepts(RootKeys seller) {
                return keys.isGenuine(Tokens.paid(Tokens.mint(seller, 0)));
            }
        }

        @Test
        @DisplayName("is not looked at where secrets stand in no file")
        void isNotLookedAtWithoutFiles() {
            properties.remove("lsat.secret.file");
            properties.remove("lsat.secret.previous.file");
            properties.put("lsat.secret", THIRD);
            assertThat(settings().tokenKeys().hasFiles()).isFalse();
            assertThat(settings().revoked().hasFiles()).isFalse();
        }
    }

    @Nested
    @DisplayName("and holds revoked payments,")
    final class OfRevokedPayments {

        private Path file;
        private FileWatch<RevokedPayments> watch;
        private RevokedPayments revoked;

        @BeforeEach
        void start() throws IOException {
            properties.put("lsat.secret", THIRD);
            properties.put("lsat.revoked", "aaaaaaaa, BBBBBBBBb");
            file = Files.writeString(folder.resolve("revoked"), "# stolen in May\n\n cccccccc # by whom?\r\n");
            properties.put("lsat.revoked.file", file.toString());
            Settings settings = settings();
            revoked = settings.revoked().atStart();
            watch = new FileWatch<>(settings.revoked(), read -> revoked = read, warnings::add);
        }

        private boolean isRevoked(String prefix) {
            return revoked.contain(PaymentHash.ofHex(prefix + "0".repeat(64 - prefix.length())));
        }

        @Test
        @DisplayName("adds them to those of the property, one a line, with comments")
        void addsThem() throws IOException {
            assertThat(isRevoked("aaaaaaaa")).isTrue();
            assertThat(isRevoked("bbbbbbbbb")).isTrue();
            assertThat(isRevoked("bbbbbbbba")).isFalse();
            assertThat(isRevoked("cccccccc")).isTrue();
            Files.writeString(file, "dddddddd");
            look(watch);
            assertThat(isRevoked("cccccccc")).isFalse();
            assertThat(isRevoked("dddddddd")).isTrue();
            assertThat(isRevoked("aaaaaaaa")).isTrue();
            Files.writeString(file, "");
            look(watch);
            assertThat(revoked.size()).isEqualTo(2);
            assertThat(warnings).isEmpty();
        }

        @Test
        @DisplayName("changes nothing while a line is none or the file is away, and names the line, not what it says")
        void keepsTheFormer() throws IOException {
            Files.writeString(file, "dddddddd\n# fine\nnot-a-hash\n");
            look(watch);
            assertThat(isRevoked("cccccccc")).isTrue();
            assertThat(isRevoked("dddddddd")).isFalse();
            assertThat(warnings)
                    .singleElement()
                    .asString()
                    .contains("lsat.revoked.file = " + file + ", line 3: payment hashes, or their first 8 hex digits")
                    .doesNotContain("not-a-hash");
            Files.delete(file);
            look(watch);
            assertThat(isRevoked("cccccccc")).isTrue();
            assertThat(warnings).last().asString().contains("a file that can be read; NoSuchFileException");
        }

        @Test
        @DisplayName("stops the deployment where it cannot be read at the start, or is something else")
        void stopsTheDeployment() throws IOException {
            properties.put("lsat.revoked", "aaaaaaaa,,1234567");
            Files.writeString(file, "x\n".repeat(1000));
            ConfigException stopped = org.assertj.core.api.Assertions.catchThrowableOfType(
                    ConfigException.class, FileWatchTest.this::settings);
            assertThat(stopped.faults()).hasSize(12);
            assertThat(stopped.faults().get(1).toString())
                    .isEqualTo("lsat.revoked = 1234567: payment hashes, or their first 8 hex digits or more,"
                            + " comma-separated");
            Files.write(file, new byte[FileBacked.MOST_BYTES + 1]);
            stopped = org.assertj.core.api.Assertions.catchThrowableOfType(
                    ConfigException.class, FileWatchTest.this::settings);
            assertThat(stopped.getMessage()).contains("a file of at most 1048576 bytes");
        }
    }
}
