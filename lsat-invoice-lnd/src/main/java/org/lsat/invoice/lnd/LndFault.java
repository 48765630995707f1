package org.lsat.invoice.lnd;

import io.grpc.Status;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.lsat.InvoiceException;

/**
 * Why LND did not do what it was asked, and what helps. LND answers most errors as UNKNOWN, so that only its texts tell them
 * apart (lnd v0.20, {@code rpcperms/interceptor.go}, {@code macaroons/service.go}).
 */
enum LndFault {
    /** Nothing listens there, or the connection broke. */
    DOWN("LND cannot be reached; start it, or correct lsat.lnd.target", seconds(5)),

    /** The certificate is another, or it is no TLS at all. */
    TLS(
            "whoever answers at lsat.lnd.target does not prove to be the node; set lsat.lnd.cert to the tls.cert that LND"
                    + " uses now",
            seconds(60)),

    /** A wallet has to be made once. */
    NO_WALLET("LND has no wallet yet; run lncli create", seconds(60), "wallet not created"),

    /** After each start somebody has to give the password. */
    LOCKED(
            "LND's wallet is locked; run lncli unlock, or set wallet-unlock-password-file in lnd.conf",
            seconds(30),
            "wallet locked"),

    /** It takes a few seconds. */
    STARTING("LND is starting", seconds(5), "in the process of starting up"),

    /** The macaroon is another node's, revoked, expired, restricted, or may not do this. */
    UNAUTHORISED(
            "LND does not accept lsat.lnd.macaroon for this; bake one as docs/lnd.md says",
            seconds(60),
            "permission denied",
            "verification failed",
            "expected 1 macaroon",
            "cannot retrieve macaroon",
            "cannot determine data format",
            "empty macaroon data",
            "caveat \"",
            "encoding/hex"),

    /** It took longer than the deadline. */
    SILENT("LND does not answer within lsat.lnd.deadline; see how busy the node is", seconds(5)),

    /** LND refuses this one request; it would do another. */
    REFUSED("LND refuses the request", seconds(60)),

    /** Too many wait for it already. */
    BUSY("LND is slower than requests come in: too many wait for it already", seconds(1)),

    /** Something else is wrong. */
    OTHER("LND fails", seconds(5));

    private static final int MOST_TEXT = 200;

    private final String cure;
    private final Duration retryAfter;

    @SuppressWarnings("ImmutableEnumChecker") // List.of
    private final List<String> texts;

    LndFault(String cure, Duration retryAfter, String... texts) {
        this.cure = cure;
        this.retryAfter = retryAfter;
        this.texts = List.of(texts);
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }

    /** What a call ended with. */
    static LndFault of(Status status) {
        return switch (status.getCode()) {
            case UNAVAILABLE -> isTls(status.getCause()) ? TLS : DOWN;
            case DEADLINE_EXCEEDED -> SILENT;
            case UNAUTHENTICATED, PERMISSION_DENIED -> UNAUTHORISED;
            case UNKNOWN -> ofText(String.valueOf(status.getDescription()));
            case INVALID_ARGUMENT, NOT_FOUND -> REFUSED;
            default -> OTHER;
        };
    }

    /** What LND says in words of its own and is no fault of the node: that an amount or a memo is too large. */
    private static LndFault ofText(String text) {
        for (LndFault fault : values()) {
            if (fault.texts.stream().anyMatch(text::contains)) {
                return fault;
            }
        }
        return REFUSED;
    }

    private static boolean isTls(@Nullable Throwable cause) {
        for (Throwable at = cause; at != null; at = at.getCause()) {
            if (at instanceof SSLException || at instanceof CertificateException) {
                return true;
            }
        }
        return false;
    }

    /** Whether every other request would fail as well. */
    boolean isOfTheNode() {
        return this != REFUSED && this != BUSY;
    }

    /** Whether another connection may help. */
    boolean isOfTheConnection() {
        return this == DOWN || this == TLS || this == SILENT || this == OTHER;
    }

    /** For the log: what is wrong, what helps, and the node's own words. */
    InvoiceException exception(Status status) {
        Throwable cause = status.getCause();
        String words = status.getDescription() != null
                ? status.getDescription()
                : cause != null ? String.valueOf(cause.getMessage()) : "";
        String root = cause == null ? "" : ", " + root(cause);
        return new InvoiceException(cure + " (" + status.getCode() + ": " + shortened(words + root) + ")", retryAfter);
    }

    /** Where LND was not asked at all. */
    InvoiceException exception() {
        return new InvoiceException(cure, retryAfter);
    }

    private static String root(Throwable cause) {
        Throwable at = cause;
        while (at.getCause() != null) {
            at = at.getCause();
        }
        return at.getClass().getSimpleName() + " " + at.getMessage();
    }

    private static String shortened(String text) {
        return text.length() > MOST_TEXT ? text.substring(0, MOST_TEXT) + "…" : text;
    }
}
