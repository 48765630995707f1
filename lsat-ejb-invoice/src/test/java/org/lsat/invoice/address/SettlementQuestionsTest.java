package org.lsat.invoice.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.lsat.invoice.address.SettlementQuestions.Question;
import org.lsat.protocol.PaymentHash;

class SettlementQuestionsTest {

    private static final PaymentHash FIRST = new PaymentHash(1, 2, 3, 4);
    private static final PaymentHash SECOND = new PaymentHash(5, 6, 7, 8);
    private static final PaymentHash UNKNOWN = new PaymentHash(9, 9, 9, 9);

    private final SettlementQuestions questions = new SettlementQuestions();

    private static URI plain(PaymentHash payment) {
        return URI.create("https://example.com/verify/" + payment.hex());
    }

    private static URI signed(PaymentHash payment) {
        return URI.create("https://example.com/verify/" + payment.hex() + "?k="
                + payment.hex().substring(60));
    }

    @Test
    void oneAddressThatNamesTheHashTellsOfAll() {
        assertThat(questions.nothingIsKnown()).isTrue();
        questions.add(FIRST, plain(FIRST));

        assertThat(questions.nothingIsKnown()).isFalse();
        assertThat(questions.about(FIRST)).contains(new Question(plain(FIRST), false));
        assertThat(questions.about(UNKNOWN))
                .as("it may have more in it than the hash")
                .contains(new Question(plain(UNKNOWN), true));
        questions.add(SECOND, plain(SECOND));
        assertThat(questions.about(UNKNOWN)).contains(new Question(plain(UNKNOWN), false));
    }

    @Test
    void whatElseAnAddressSaysIsOfThatPaymentAlone() {
        questions.add(FIRST, signed(FIRST));
        questions.add(SECOND, signed(SECOND));

        assertThat(questions.about(FIRST)).map(Question::where).contains(signed(FIRST));
        assertThat(questions.about(SECOND)).contains(new Question(signed(SECOND), false));
        assertThat(questions.about(UNKNOWN))
                .hasValueSatisfying(question -> assertThat(question.isGuess()).isTrue());
    }

    @Test
    void anAddressWithoutTheHashIsOfThatPaymentAlone() {
        URI where = URI.create("https://example.com/verify/1");
        questions.add(FIRST, where);

        assertThat(questions.about(FIRST)).contains(new Question(where, false));
        assertThat(questions.about(SECOND)).isEmpty();
    }

    @Test
    void theOldestAreForgottenWhereAddressesAreLong() {
        String rest = "/" + "x".repeat(10_000);
        for (int i = 0; i < 3_000; i++) {
            questions.add(new PaymentHash(i, 0, 0, 0), URI.create("https://example.com/" + i + rest));
        }

        assertThat(questions.about(new PaymentHash(0, 0, 0, 0))).isEmpty();
        assertThat(questions.about(new PaymentHash(2_999, 0, 0, 0)))
                .map(Question::where)
                .contains(URI.create("https://example.com/2999" + rest));
    }
}
