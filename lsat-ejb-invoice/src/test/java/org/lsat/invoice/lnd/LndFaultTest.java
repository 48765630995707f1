package org.lsat.invoice.lnd;

import static org.assertj.core.api.Assertions.assertThat;

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
                "waiting to start, RPC services not available | STARTING",
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
        assertThat(LndFault.ofText(text)).isEqualTo(fault);
    }

    @Test
    void aConnectionThatEndsInTlsIsToldFromOneThatDoesNotBegin() {
        assertThat(LndFault.ofConnection(new ConnectException("Connection refused")))
                .isEqualTo(LndFault.DOWN);
        assertThat(LndFault.ofConnection(new SSLHandshakeException("no"))).isEqualTo(LndFault.TLS);
        assertThat(LndFault.ofConnection(new IllegalStateException(new CertificateException("another"))))
                .isEqualTo(LndFault.TLS);
    }

    @ParameterizedTest
    @CsvSource({
        "500, 'memo too large: 1025 bytes (maxsize=1024)', REFUSED",
        "500, 'wallet locked, unlock it', LOCKED",
        "503, 'the RPC server is in the process of starting up, but not yet', STARTING",
        "404, Not Found, REFUSED",
        "401, '', UNAUTHORISED",
        "403, '', UNAUTHORISED",
        "502, '', DOWN",
        "503, '', DOWN",
        "504, '', DOWN",
        "500, '', OTHER",
        "301, '', OTHER",
    })
    void byRestWordsCountMoreThanTheStatus(int status, String message, LndFault fault) {
        assertThat(RestTransport.fault(status, message)).isEqualTo(fault);
    }

    @Test
    void theMessageNamesTheCureAndTheNodesOwnWordsCutToWhatALogCanBear() {
        assertThat(LndFault.LOCKED.exception("UNKNOWN: wallet locked"))
                .hasMessage("LND's wallet is locked; run lncli unlock, or set wallet-unlock-password-file in lnd.conf"
                        + " (UNKNOWN: wallet locked)");
        assertThat(LndFault.OTHER.exception("x".repeat(10_000)).getMessage()).hasSizeLessThan(300);
    }
}
