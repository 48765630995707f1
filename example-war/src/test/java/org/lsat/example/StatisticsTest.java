package org.lsat.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class StatisticsTest {

    @Test
    void aMeanIsTheSumDividedByTheCount() {
        assertThat(Statistics.mean(new double[] {1, 2, 6})).isEqualTo(3);
    }

    @Test
    void aRateThatDoesNotMoveHasNoVolatility() {
        assertThat(Statistics.volatility(new double[] {1.1, 1.1, 1.1})).isZero();
    }

    @Test
    void growthThatIsTheSameEveryDayIsNoVolatility() {
        assertThat(Statistics.volatility(new double[] {1, 2, 4, 8})).isCloseTo(0, within(1e-12));
    }

    /** Changes of ln 2 and -ln 2: their sample deviation is ln 2 times the root of 2. */
    @Test
    void volatilityIsTheSampleDeviationOfTheLogarithmsForAYear() {
        assertThat(Statistics.volatility(new double[] {1, 2, 1}))
                .isCloseTo(Math.log(2) * Math.sqrt(2) * Math.sqrt(252), within(1e-12));
    }

    @Test
    void volatilityOfTwoRatesIsRefused() {
        assertThatThrownBy(() -> Statistics.volatility(new double[] {1, 2}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not 2");
    }
}
