package org.lsat.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReferenceRatesTest {

    private final ReferenceRates rates = ReferenceRates.published();

    @Test
    void aCodeIsFoundInLettersOfAnyCase() {
        assertThat(rates.find("usd")).isEqualTo(rates.find("USD")).isPresent();
        assertThat(rates.find("EUR")).isEmpty();
    }

    @Test
    void aSearchFindsNamesInLettersOfAnyCase() {
        assertThat(codes("KRONE")).containsExactly("DKK", "NOK");
        assertThat(codes("lira")).containsExactly("MTL", "TRL", "TRY");
    }

    @Test
    void aSearchFindsCodesAndPartsOfThem() {
        assertThat(codes("Zlo")).containsExactly("PLN");
        assertThat(codes("sk")).containsExactly("ISK", "SKK");
        assertThat(codes("guilder")).isEmpty();
    }

    private List<String> codes(String text) {
        return rates.search(text).stream().map(Series::code).toList();
    }
}
