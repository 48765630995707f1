package org.lsat.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every benchmark begins with a check that refuses contenders which do not do the job; here the checks are run alone. */
class RefusalTest {

    private final FloorVerify floor = new FloorVerify(
            FloorKeys.derive(Sample.REALM, Sample.NETWORK, Sample.SECRET), Sample.PRODUCT, Sample.METHOD);

    @Test
    void verifyIsMeasurable() {
        VerifyBenchmark benchmark = new VerifyBenchmark();
        benchmark.check();
        assertThat(benchmark.core()).isEqualTo(Sample.UNTIL).isEqualTo(benchmark.floor());
        assertThat(benchmark.wrongPreimage()).isNegative();
    }

    @Test
    void mintIsMeasurable() {
        assertThatCode(new MintBenchmark()::check).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 1_000, 10_000})
    void pathIsMeasurable(int rules) {
        PathBenchmark benchmark = new PathBenchmark();
        benchmark.rules = rules;
        assertThatCode(benchmark::check).doesNotThrowAnyException();
    }

    @Test
    void countedUseIsMeasurable() {
        CountedUseBenchmark benchmark = new CountedUseBenchmark();
        CountedUseBenchmark.Counter counter = new CountedUseBenchmark.Counter();
        counter.join(benchmark);
        benchmark.check();
        benchmark.core(counter);
        assertThatCode(benchmark::checkCount).doesNotThrowAnyException();
    }

    @Test
    void aUseThatWasNotCountedIsRefused() {
        CountedUseBenchmark benchmark = new CountedUseBenchmark();
        CountedUseBenchmark.Counter counter = new CountedUseBenchmark.Counter();
        counter.join(benchmark);
        benchmark.core(counter);
        benchmark.core(new CountedUseBenchmark.Counter());
        assertThatThrownBy(benchmark::checkCount).hasMessage("1 uses, and 2 were counted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "file"})
    void bothLedgersAreMeasurable(String ledger) throws Exception {
        LedgerBenchmark benchmark = new LedgerBenchmark();
        benchmark.ledger = ledger;
        benchmark.open();
        LedgerBenchmark.Client client = new LedgerBenchmark.Client();
        client.join(benchmark);
        benchmark.alone(client);
        benchmark.eight(client);
        assertThatCode(benchmark::close).doesNotThrowAnyException();
    }

    @Test
    void aUseThatALedgerLostIsRefused() throws Exception {
        LedgerBenchmark benchmark = new LedgerBenchmark();
        LedgerBenchmark.Client client = new LedgerBenchmark.Client();
        client.join(benchmark);
        benchmark.alone(client);
        benchmark.alone(new LedgerBenchmark.Client());
        assertThatThrownBy(benchmark::close).hasMessage("1 uses, and 2 were counted");
    }

    @Test
    void whoeverLetsAllInIsRefused() {
        assertThatThrownBy(() -> Gatekeeper.check(header -> true)).hasMessageContaining("accepts a wrong preimage");
    }

    @Test
    void whoeverLetsNobodyInIsRefused() {
        assertThatThrownBy(() -> Gatekeeper.check(header -> false)).hasMessageContaining("refuses the sample");
    }

    @Test
    void whoeverForgetsTheTimeIsRefused() {
        assertThatThrownBy(() -> Gatekeeper.check(header -> floor.verify(header, 0) >= 0))
                .hasMessageContaining("accepts an expired token");
    }

    @Test
    void whoeverForgetsTheSignatureIsRefused() {
        String good = Sample.header();
        assertThatThrownBy(() -> Gatekeeper.check(
                        header -> header.length() != good.length() || floor.verify(header, Sample.NOW) >= 0))
                .hasMessageContaining("accepts");
    }
}
