package org.lsat.all;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in the JAR, and what is not. */
class ContentIT {

    private static final Path FILE = Path.of(System.getProperty("all.jar"));

    /** Of what is added to every WAR; 3 MB of it for the database in which uses are counted. */
    private static final long MOST_BYTES = 13_000_000;

    private static final String SERVICES = "META-INF/services/";
    private static final String SHADED = "org.lsat.shaded.";

    /** What servers have, or nobody needs: annotations, and parts of gRPC and H2 that are not asked for. */
    private static final Pattern MAY_BE_MISSING = Pattern.compile("(jakarta|org\\.eclipse\\.microprofile)\\..*"
            + "|javax\\.annotation\\.[A-Z]\\w+|org\\.jspecify\\.annotations\\.\\w+"
            + "|org\\.lsat\\.shaded\\.com\\.google\\.(errorprone|j2objc)\\.annotations\\..*"
            + "|org\\.lsat\\.shaded\\.com\\.google\\.gson\\..*|com\\.squareup\\.okhttp\\.[A-Z]\\w+"
            + "|org\\.lsat\\.shaded\\.org\\.h2\\.(server\\.pg\\.PgServer|tools\\.Server)"
            + "|org\\.locationtech\\.jts\\.geom\\..*|org\\.slf4j\\.\\w+");

    private static JarFile jar;

    @BeforeAll
    static void open() throws IOException {
        jar = new JarFile(FILE.toFile());
    }

    @AfterAll
    static void close() throws IOException {
        jar.close();
    }

    private static List<String> files() {
        return Collections.list(jar.entries()).stream()
                .filter(entry -> !entry.isDirectory())
                .map(ZipEntry::getName)
                .toList();
    }

    private static String text(String file) throws IOException {
        ZipEntry entry = jar.getEntry(file);
        assertThat(entry).as(file).isNotNull();
        try (InputStream in = jar.getInputStream(entry)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void itIsNoLargerThanThirteenMegabytes() throws IOException {
        assertThat(Files.size(FILE)).isLessThan(MOST_BYTES);
    }

    @Test
    void allClassesAreOursOrMoved() {
        assertThat(files()).allMatch(file -> file.startsWith("META-INF/") || file.startsWith("org/lsat/"));
    }

    @Test
    void nothingIsSignedNothingIsForOtherJavasAndNothingIsThereTwice() {
        assertThat(files())
                .doesNotHaveDuplicates()
                .noneMatch(file -> file.matches("META-INF/[^/]*\\.(SF|RSA|DSA)"))
                .noneMatch(file -> file.startsWith("META-INF/versions/"))
                .noneMatch(file -> file.endsWith("module-info.class"))
                .noneMatch(file -> file.endsWith(".proto"));
    }

    @Test
    void itsServicesAreOursAndThoseOfGrpcAndAllOfThemAreThere() throws IOException {
        Map<String, List<String>> services = new TreeMap<>();
        for (String file : files()) {
            if (file.startsWith(SERVICES)) {
                services.put(
                        file.substring(SERVICES.length()),
                        text(file).lines().sorted().toList());
            }
        }
        assertThat(services)
                .containsOnlyKeys(
                        "jakarta.enterprise.inject.spi.Extension",
                        "jakarta.servlet.ServletContainerInitializer",
                        "jakarta.ws.rs.container.DynamicFeature",
                        "org.lsat.InvoiceBackend",
                        "org.lsat.ledger.LedgerBackend",
                        SHADED + "io.grpc.LoadBalancerProvider",
                        SHADED + "io.grpc.ManagedChannelProvider",
                        SHADED + "io.grpc.NameResolverProvider")
                .containsEntry(
                        "jakarta.enterprise.inject.spi.Extension",
                        List.of("org.lsat.invoice.BackendInvoicesExtension", "org.lsat.servlet.RegistrationExtension"))
                .containsEntry(
                        "jakarta.servlet.ServletContainerInitializer",
                        List.of(
                                "org.lsat.invoice.DevWalletInitializer",
                                "org.lsat.jaxrs.PaidInitializer",
                                "org.lsat.servlet.LsatInitializer"));
        assertThat(services.values())
                .allSatisfy(names -> assertThat(names)
                        .isNotEmpty()
                        .allSatisfy(name -> assertThat(jar.getEntry(name.replace('.', '/') + ".class"))
                                .as(name)
                                .isNotNull()));
    }

    @Test
    void whatItsClassesNeedIsThereOrIsTheServers() {
        StringWriter out = new StringWriter();
        ToolProvider.findFirst("jdeps")
                .orElseThrow()
                .run(
                        new PrintWriter(out),
                        new PrintWriter(out),
                        "--multi-release",
                        "base",
                        "--missing-deps",
                        FILE.toString());
        List<String> missing = out.toString()
                .lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(words -> words.length > 2 && words[1].equals("->") && !words[0].endsWith(".jar"))
                .map(words -> words[2])
                .toList();
        assertThat(missing)
                .contains("jakarta.servlet.Filter")
                .allMatch(name ->
                        MAY_BE_MISSING.matcher(name.replaceFirst("\\$.*", "")).matches());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LICENSE",
                "licenses/LGPL-3.0.txt",
                "licenses/GPL-3.0.txt",
                "licenses/lnd.txt",
                "licenses/protobuf.txt",
                "licenses/bouncycastle.txt",
                "licenses/MPL-2.0.txt"
            })
    void theLicencesAreInIt(String file) throws IOException {
        assertThat(text("META-INF/" + file)).containsIgnoringCase("copyright");
        assertThat(text("META-INF/NOTICE")).contains("META-INF/" + file);
    }

    @Test
    void theNoticeNamesWhatIsInItWithItsVersion() throws IOException {
        String notice = text("META-INF/NOTICE");
        assertThat(notice).doesNotContain("${");
        for (String library : List.of("com.google.guava/guava", "com.google.guava/failureaccess")) {
            Properties made = new Properties();
            made.load(jar.getInputStream(jar.getEntry("META-INF/maven/" + library + "/pom.properties")));
            String name = made.getProperty("artifactId") + " " + made.getProperty("version");
            assertThat(notice).containsIgnoringCase(name);
        }
    }

    @Test
    void theDatabaseServesNothing() {
        assertThat(files())
                .contains("org/lsat/shaded/org/h2/Driver.class")
                .noneMatch(file -> file.contains("/h2/server/") || file.matches(".*/h2/tools/(Server|Console).*"));
    }

    @Test
    void whatServersHaveIsNotInIt() {
        assertThat(files())
                .noneMatch(file -> file.contains("jakarta/") && file.endsWith(".class"))
                .noneMatch(file -> file.contains("microprofile"));
    }
}
