package org.lsat.invoice.lnd;

import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.lsat.InvoiceException;

/**
 * Why LND did not do what it was asked, and what helps. LND answers most errors alike, by gRPC as UNKNOWN and by REST with
 * status 500, so that only its texts tell them apart (lnd v0.20, {@code rpcperms/interceptor.go}, {@code
 * macaroons/service.go}).
 */
public enum LndFault {
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
    STARTING("LND is starting", seconds(5), "in the process of starting up", "waiting to start"),

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

    /**
     * What LND means that says so in words. Words that are none of the above are no fault of the node: that an amount or a memo
     * is too large.
     */
    public static LndFault ofText(String text) {
        for (LndFault fault : values()) {
            if (fault.texts.stream().anyMatch(text::contains)) {
                return fault;
            }
        }
        return REFUSED;
    }

    /** What a connection means that came to nothing for this reason. */
    public static LndFault ofConnection(@Nullable Throwable cause) {
        for (Throwable at = cause; at != null; at = at.getCause()) {
            if (at instanceof SSLException || at instanceof CertificateException) {
                return TLS;
            }
        }
        return DOWN;
    }

    /** Whether every other request would fail as well. */
    boolean isOfTheNode() {
        return this != REFUSED;
    }

    /** Whether another connection may help. */
    public boolean isOfTheConnection() {
        return this == DOWN || this == TLS || this == SILENT || this == OTHER;
    }

    /** For the log: what is wrong, what helps, and the node's own words. */
    InvoiceException exception(String words) {
        String cut = words.length() > MOST_TEXT ? words.substring(0, MOST_TEXT) + "…" : words;
        return new InvoiceException(cure + " (" + cut + ")", retryAfter);
    }
}
