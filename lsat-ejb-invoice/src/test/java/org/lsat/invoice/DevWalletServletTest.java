package org.lsat.invoice;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.lsat.InvoiceRequest;

class DevWalletServletTest {

    private static final InvoiceRequest REQUEST = new InvoiceRequest(1_000, "coffee", Duration.ofMinutes(1));

    private final DevWallet wallet = new DevWallet(new SettableClock(), new SecureRandom(), false);
    private final Map<String, Object> response = new TreeMap<>();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    /** What a request carries; the body pays a new invoice of {@link #wallet}. */
    private record Sent(@Nullable Object source, String method, String remoteAddress, List<String> headers) {}

    @Test
    void aLocalPostIsPaid() throws IOException {
        serve(new Sent(wallet, "POST", "127.0.0.1", List.of("Host", "Content-Type")));

        assertThat(response)
                .containsEntry("setStatus", 200)
                .containsEntry("Cache-Control", "no-store")
                .containsEntry("setContentType", "application/json")
                .containsEntry("setContentLength", written.size());
        assertThat(written.toString(UTF_8)).startsWith("{\"preimage\":\"");
    }

    @Test
    void aRemotePeerIsRefused() throws IOException {
        serve(new Sent(wallet, "POST", "192.0.2.7", List.of()));

        assertThat(response).containsEntry("setStatus", 503).containsEntry("Cache-Control", "no-store");
    }

    @Test
    void aForwardedRequestIsRefused() throws IOException {
        serve(new Sent(wallet, "POST", "127.0.0.1", List.of("X-Forwarded-For")));

        assertThat(response).containsEntry("setStatus", 503);
    }

    @Test
    void anotherMethodIsNotAllowed() throws IOException {
        for (String method : List.of("GET", "HEAD", "PUT", "OPTIONS", "post")) {
            serve(new Sent(wallet, method, "127.0.0.1", List.of()));

            assertThat(response).as(method).containsEntry("setStatus", 405).containsEntry("Allow", "POST");
        }
    }

    @Test
    void withAnotherBackendNothingIsThere() throws IOException {
        for (Object source : new Object[] {null, "something else"}) {
            serve(new Sent(source, "POST", "127.0.0.1", List.of()));

            assertThat(response)
                    .containsEntry("setStatus", 404)
                    .containsEntry("setContentType", "application/problem+json;charset=UTF-8");
        }
    }

    private void serve(Sent sent) throws IOException {
        response.clear();
        written.reset();
        new DevWalletServlet().service(request(sent), response());
    }

    private HttpServletRequest request(Sent sent) {
        ServletContext context = Fake.of(ServletContext.class, (method, arguments) -> {
            assertThat(method + arguments).isEqualTo("getAttribute[org.lsat.InvoiceSource]");
            return sent.source();
        });
        byte[] body = ("{\"invoice\":\"" + wallet.create(REQUEST).bolt11() + "\"}").getBytes(UTF_8);
        return Fake.of(HttpServletRequest.class, (method, arguments) -> switch (method) {
            case "getServletContext" -> context;
            case "getMethod" -> sent.method();
            case "getRemoteAddr" -> sent.remoteAddress();
            case "getLocalAddr" -> "127.0.0.1";
            case "getHeaderNames" -> Collections.enumeration(sent.headers());
            case "getInputStream" -> input(new ByteArrayInputStream(body));
            default -> throw Fake.unexpected(method);
        });
    }

    private HttpServletResponse response() {
        return Fake.of(HttpServletResponse.class, (method, arguments) -> switch (method) {
            case "setStatus", "setContentType", "setContentLength" -> response.put(method, arguments.get(0));
            case "setHeader" -> response.put((String) arguments.get(0), arguments.get(1));
            case "getOutputStream" -> output();
            default -> throw Fake.unexpected(method);
        });
    }

    private static ServletInputStream input(ByteArrayInputStream bytes) {
        return new ServletInputStream() {
            @Override
            public int read() {
                return bytes.read();
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                return bytes.read(target, offset, length);
            }

            @Override
            public boolean isFinished() {
                return bytes.available() == 0;
            }

            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setReadListener(ReadListener listener) {
                throw Fake.unexpected("setReadListener");
            }
        };
    }

    private ServletOutputStream output() {
        return new ServletOutputStream() {
            @Override
            public void write(int b) {
                written.write(b);
            }

            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setWriteListener(WriteListener listener) {
                throw Fake.unexpected("setWriteListener");
            }
        };
    }
}
