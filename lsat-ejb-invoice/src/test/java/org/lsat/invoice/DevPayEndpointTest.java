package org.lsat.invoice;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lsat.Invoice;
import org.lsat.InvoiceRequest;
import org.lsat.Reason;
import org.lsat.protocol.Preimage;

class DevPayEndpointTest {

    private static final InvoiceRequest REQUEST = new InvoiceRequest(1_000, "coffee", Duration.ofMinutes(1));

    private final SettableClock clock = new SettableClock();
    private final DevWallet wallet = new DevWallet(clock, new SecureRandom(), false);
    private final DevPayEndpoint endpoint = new DevPayEndpoint(wallet);

    @Test
    void anInvoiceIsAnsweredWithItsPreimage() throws IOException {
        Invoice invoice = wallet.create(REQUEST);

        DevPayAnswer answer = endpoint.post(true, body("{\"invoice\":\"" + invoice.bolt11() + "\",\"note\":[1]}"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.contentType()).isEqualTo("application/json");
        assertThat(answer.body()).matches("\\{\"preimage\":\"[0-9a-f]{64}\"}");
        assertThat(Preimage.ofHex(answer.body().substring(13, 77)).hash()).isEqualTo(invoice.paymentHash());
        assertThat(answer).hasToString("DevPayAnswer[200]");
    }

    @Test
    void anExpiredInvoiceIsUnknown() throws IOException {
        Invoice invoice = wallet.create(REQUEST);
        clock.advance(REQUEST.expiry());

        assertProblem(endpoint.post(true, body("{\"invoice\":\"" + invoice.bolt11() + "\"}")), 404, "unknown-invoice");
    }

    @Test
    void anInvoiceOfNobodyIsUnknown() throws IOException {
        assertProblem(endpoint.post(true, body("{\"invoice\":\"lnbcrt1\"}")), 404, "unknown-invoice");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "lnbcrt1", "{}", "{\"invoice\":1}", "{\"Invoice\":\"x\"}", "[\"invoice\"]", "{\"invoice\""})
    void aBodyWithoutAnInvoiceIsABadRequest(String text) throws IOException {
        assertProblem(endpoint.post(true, body(text)), 400, "bad-request");
    }

    @Test
    void aBodyThatIsNotUtf8IsABadRequest() throws IOException {
        byte[] latin1 = {'{', '"', (byte) 0xe9, '"', ':', '1', '}'};

        assertProblem(endpoint.post(true, new ByteArrayInputStream(latin1)), 400, "bad-request");
    }

    @Test
    void aBodyOfEightKibibytesIsReadAndALongerOneIsRefused() throws IOException {
        String invoice = wallet.create(REQUEST).bolt11();
        String text = "{\"invoice\":\"" + invoice + "\"}";
        String filled = text + " ".repeat(DevPayEndpoint.MAX_BODY - text.length());

        assertThat(endpoint.post(true, body(filled)).status()).isEqualTo(200);
        assertProblem(endpoint.post(true, body(filled + " ")), 400, "bad-request");
    }

    @Test
    void aLongBodyIsNotReadToItsEnd() throws IOException {
        InputStream body = body(" ".repeat(3 * DevPayEndpoint.MAX_BODY));

        assertProblem(endpoint.post(true, body), 400, "bad-request");
        assertThat(body.available()).isEqualTo(2 * DevPayEndpoint.MAX_BODY - 1);
    }

    @Test
    void aRemoteClientIsToldTheSwitchAndItsBodyIsNotRead() throws IOException {
        InputStream unread = body("{}");

        DevPayAnswer answer = endpoint.post(false, unread);

        assertProblem(answer, 503, "misconfigured");
        assertThat(answer.body()).contains("lsat.dev.allow-remote=true", Reason.MISCONFIGURED.title());
        assertThat(unread.available()).isEqualTo(2);
    }

    @Test
    void aRemoteClientPaysWhereThatIsAllowed() throws IOException {
        DevWallet open = new DevWallet(clock, new SecureRandom(), true);
        String invoice = open.create(REQUEST).bolt11();

        assertThat(new DevPayEndpoint(open)
                        .post(false, body("{\"invoice\":\"" + invoice + "\"}"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void theOtherAnswersAreProblemsToo() throws IOException {
        assertProblem(DevPayEndpoint.dormant(), 404, "no-dev-wallet");
        assertProblem(DevPayEndpoint.methodNotAllowed(), 405, "method-not-allowed");
    }

    private static void assertProblem(DevPayAnswer answer, int status, String reason) throws IOException {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.contentType()).isEqualTo("application/problem+json;charset=UTF-8");
        JsonNode problem = new ObjectMapper().readTree(answer.body());
        assertThat(problem.fieldNames()).toIterable().containsExactly("type", "title", "status", "detail", "reason");
        assertThat(problem.get("type").asText()).isEqualTo("urn:lsat:" + reason);
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("reason").asText()).isEqualTo(reason);
    }

    private static InputStream body(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }
}
