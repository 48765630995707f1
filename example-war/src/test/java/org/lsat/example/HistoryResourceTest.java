package org.lsat.example;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistoryResourceTest {

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1000", "100, 1000", "101, 2000", "7000, 70000", "10001, 100000"})
    void aBalancePaysASatForEachHundredRatesAndNeverMoreThanThePrice(int rates, long msat) {
        assertThat(HistoryResource.costMsat(rates, 100_000)).isEqualTo(msat);
    }
}
