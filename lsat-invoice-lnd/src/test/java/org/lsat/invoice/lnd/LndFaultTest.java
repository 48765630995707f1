package org.lsat.invoice.lnd;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import java.net.ConnectException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LndFaultTest {

    /** The texts of lnd v0.20.1. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "wallet locked, unlock it to enable full RPC access | LOCKED",
                "wallet not created, create one to enable full RPC access | NO_WALLET",
                "the RPC server is in the process of starting up, but not yet ready to accept calls | STARTING",
                "permission denied | UNAUTHORISED",
                "expected 1 macaroon, got 0 | UNAUTHORISED",
                "expected 1 macaroon, got 2 | UNAUTHORISED",
                "verification failed: signature mismatch after caveat verification | UNAUTHORISED",
                "cannot retrieve macaroon: cannot get macaroon: root key with id 7 doesn't exist | UNAUTHORISED",
                "cannot determine data format of binary-encoded macaroon | UNAUTHORISED",
                "empty macaroon data | UNAUTHORISED",
                "caveat \"time-before 2026-01-01T00:00:00Z\" not satisfied: macaroon has expired | UNAUTHORISED",
                "data length too big to fit within 10 bits: 1024 | REFUSED",
                "invoice with payment hash already exists | REFUSED",
            })
    void lndSaysInWordsWhatIsWrong(String text, LndFault fault) {
        assertThat(LndFault.of(Status.UNKNOWN.withDescription(text))).isEqualTo(fault);
    }

    @Test
    void gRpcSaysInCodesWhatIsWrongWithTheConnection() {
        assertThat(LndFault.of(Status.UNAVAILABLE.withCause(new ConnectException("Connection refused"))))
                .isEqualTo(LndFault.DOWN);
        assertThat(LndFault.of(Status.UNAVAILABLE.withCause(new SSLHandshakeException("no"))))
                .isEqualTo(LndFault.TLS);
        assertThat(LndFault.of(
                        Status.UNAVAILABLE.withCause(new IllegalStateException(new CertificateException("another")))))
                .isEqualTo(LndFault.TLS);
        assertThat(LndFault.of(Status.DEADLINE_EXCEEDED)).isEqualTo(LndFault.SILENT);
        assertThat(LndFault.of(Status.UNIMPLEMENTED)).isEqualTo(LndFault.OTHER);
        assertThat(LndFault.of(Status.UNKNOWN)).isEqualTo(LndFault.REFUSED);
    }

    @Test
    void theMessageNamesTheCureAndTheNodesOwnWordsCutToWhatALogCanBear() {
        assertThat(LndFault.LOCKED.exception(Status.UNKNOWN.withDescription("wallet locked")))
                .hasMessage("LND's wallet is locked; run lncli unlock, or set wallet-unlock-password-file in lnd.conf"
                        + " (UNKNOWN: wallet locked)");
        assertThat(LndFault.OTHER
                        .exception(Status.INTERNAL.withDescription("x".repeat(10_000)))
                        .getMessage())
                .hasSizeLessThan(300);
    }
}
