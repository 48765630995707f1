package org.lsat.invoice.lnd.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import java.net.ConnectException;
import java.security.cert.CertificateException;
import java.util.ServiceLoader;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.lsat.InvoiceBackend;
import org.lsat.invoice.lnd.LndException;
import org.lsat.invoice.lnd.LndFault;

class GrpcTransportTest {

    @Test
    void theServiceLoaderFindsIt() {
        assertThat(ServiceLoader.load(InvoiceBackend.class))
                .filteredOn(LndBackend.class::isInstance)
                .singleElement()
                .returns("lnd", InvoiceBackend::name)
                .returns(false, InvoiceBackend::isPlayMoney);
    }

    private static LndFault fault(Status status) {
        return GrpcTransport.failure(status).fault();
    }

    @Test
    void gRpcSaysInCodesWhatIsWrongWithTheConnection() {
        assertThat(fault(Status.UNAVAILABLE.withCause(new ConnectException("Connection refused"))))
                .isEqualTo(LndFault.DOWN);
        assertThat(fault(Status.UNAVAILABLE.withCause(new SSLHandshakeException("no"))))
                .isEqualTo(LndFault.TLS);
        assertThat(fault(Status.UNAVAILABLE.withCause(new IllegalStateException(new CertificateException("another")))))
                .isEqualTo(LndFault.TLS);
        assertThat(fault(Status.DEADLINE_EXCEEDED)).isEqualTo(LndFault.SILENT);
        assertThat(fault(Status.UNIMPLEMENTED)).isEqualTo(LndFault.OTHER);
        assertThat(fault(Status.UNKNOWN)).isEqualTo(LndFault.REFUSED);
    }

    @Test
    void theWordsAreTheNodesOwnAndTheRootOfWhatTheConnectionEndedWith() {
        assertThat(GrpcTransport.failure(Status.UNKNOWN.withDescription("wallet locked")))
                .isInstanceOf(LndException.class)
                .hasMessage("UNKNOWN: wallet locked");
        assertThat(GrpcTransport.failure(
                        Status.UNAVAILABLE.withDescription("io exception").withCause(new ConnectException("refused"))))
                .hasMessage("UNAVAILABLE: io exception, ConnectException refused");
    }
}
