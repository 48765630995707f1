package org.lsat.example;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FiguresTest {

    @Test
    void wholeNumbersHaveNeitherPointNorExponent() {
        assertThat(Figures.published(136)).hasToString("136");
        assertThat(Figures.published(1912400)).hasToString("1912400");
    }

    @Test
    void computedFiguresAreRoundedToEightDigits() {
        assertThat(Figures.computed(2.0 / 3)).hasToString("0.66666667");
        assertThat(Figures.computed(0.1 + 0.2)).hasToString("0.3");
    }
}
