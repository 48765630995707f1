package org.lsat.invoice.lnd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lsat.config.ConfigReader;

/**
 * How LND is reached.
 *
 * @param host a name or an address
 * @param certificate a PEM file with the node's certificate, or with several one of which is the node's
 * @param macaroon a file as LND writes it
 * @param deadline how long a request may wait for an invoice, in whole seconds
 * @param authority the name that a proxy in front of the node is to see, by gRPC
 * @param privateHints whether invoices name the node's unannounced channels
 * @param strict whether LND has to tell if an invoice is settled
 */
public record LndSettings(
        String host,
        int port,
        Path certificate,
        Path macaroon,
        Duration deadline,
        Optional<String> authority,
        boolean privateHints,
        boolean strict) {

    static final String TARGET = "lsat.lnd.target";
    static final String CERTIFICATE = "lsat.lnd.cert";
    static final String MACAROON = "lsat.lnd.macaroon";

    private static final String DEADLINE = "lsat.lnd.deadline";
    private static final String AUTHORITY = "lsat.lnd.authority";
    private static final String PRIVATE = "lsat.lnd.private";

    /** The properties that are read. */
    public static final Set<String> KEYS = Set.of(TARGET, CERTIFICATE, MACAROON, DEADLINE, AUTHORITY, PRIVATE);

    private static final Pattern HOST_AND_PORT = Pattern.compile("(\\[[0-9A-Fa-f:.]+\\]|[A-Za-z0-9.-]+):([0-9]{1,5})");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9.-]+(:[0-9]{1,5})?");
    private static final int MOST_PORT = 65_535;
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MOST_DEADLINE = Duration.ofSeconds(30);
    private static final Duration USUAL_DEADLINE = Duration.ofSeconds(2);

    /** Stands in for a file that cannot be read: the fault that was reported stops the deployment. */
    private static final Path NONE = Path.of("");

    /** How long a call may take: longer than anybody waits, so that an answer that comes late is not lost. */
    public Duration callDeadline() {
        return deadline.multipliedBy(2);
    }

    /** Where LND is asked. */
    public enum Door {
        /** As LND's own tools do. */
        GRPC("host:port of LND's gRPC, such as 127.0.0.1:10009 (rpclisten in lnd.conf)"),

        /** As LND's documentation calls what it offers over HTTP. */
        REST("host:port of LND's REST, such as 127.0.0.1:8080 (restlisten in lnd.conf)");

        private final String target;

        Door(String target) {
            this.target = target;
        }
    }

    /** Reads them; of a file, also whether it holds what it should. Touches no network. */
    public static LndSettings read(ConfigReader config, Door door) {
        String target = config.text(TARGET).orElse("");
        Matcher parts = HOST_AND_PORT.matcher(target);
        boolean isTarget = parts.matches() && port(parts) > 0 && port(parts) <= MOST_PORT;
        if (!isTarget) {
            config.fault(TARGET, target, door.target);
        }
        return new LndSettings(
                isTarget ? parts.group(1) : "",
                isTarget ? port(parts) : 1,
                certificate(config),
                macaroon(config),
                config.duration(DEADLINE, SECOND, MOST_DEADLINE).orElse(USUAL_DEADLINE),
                authority(config, door),
                config.flag(PRIVATE, false),
                config.text("lsat.settlement").orElse("").equals("strict"));
    }

    private static int port(Matcher parts) {
        return Integer.parseInt(parts.group(2));
    }

    private static Path certificate(ConfigReader config) {
        String allowed = "the file tls.cert of the node";
        Optional<String> name = config.text(CERTIFICATE);
        if (name.isEmpty()) {
            config.fault(CERTIFICATE, "", allowed + "; there is no default, and no way to trust just anybody");
            return NONE;
        }
        try {
            Path file = Path.of(name.get());
            PinnedTls.of(Files.readAllBytes(file));
            return file;
        } catch (IOException | InvalidPathException | GeneralSecurityException e) {
            config.fault(CERTIFICATE, name.get(), allowed + ": " + why(e));
            return NONE;
        }
    }

    private static Path macaroon(ConfigReader config) {
        String allowed = "the file of a macaroon as LND writes it; docs/lnd.md says how to bake one that can do no more"
                + " than make invoices and look them up";
        Optional<String> name = config.text(MACAROON);
        if (name.isEmpty()) {
            config.fault(MACAROON, "", allowed);
            return NONE;
        }
        try {
            Path file = Path.of(name.get());
            NodeMacaroon.read(Files.readAllBytes(file));
            return file;
        } catch (IOException | InvalidPathException e) {
            // A name of no file may be the macaroon itself, put here in hex.
            config.fault(MACAROON, isInSomeFolder(name.get()) ? name.get() : "(hidden)", allowed + ": " + why(e));
            return NONE;
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

    /** The message of what a file system throws is mostly the file's name, which is a macaroon where it was misplaced. */
    private static String why(Exception e) {
        return e instanceof WrongContentException || e instanceof GeneralSecurityException
                ? String.valueOf(e.getMessage())
                : e.getClass().getSimpleName();
    }

    private static Optional<String> authority(ConfigReader config, Door door) {
        Optional<String> authority = config.text(AUTHORITY);
        if (authority.isPresent() && door == Door.REST) {
            config.fault(
                    AUTHORITY,
                    authority.get(),
                    "nothing with lsat.backend=" + LndRestBackend.NAME + ", which calls a proxy by the name in "
                            + TARGET);
        }
        if (authority.isPresent() && !NAME.matcher(authority.get()).matches()) {
            config.fault(AUTHORITY, authority.get(), "a host name, by which a proxy in front of LND knows it");
            return Optional.empty();
        }
        return authority;
    }
}
