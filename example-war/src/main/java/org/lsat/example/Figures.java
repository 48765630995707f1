package org.lsat.example;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as the answers write them: plain decimals, {@code 136} and not {@code 136.0}. */
final class Figures {

    /** More digits than any published rate has, and few enough to hide that means are binary fractions. */
    private static final MathContext COMPUTED = new MathContext(8);

    private Figures() {}

    /** A published rate, digit by digit as it was published: the figures may be passed on only unchanged. */
    static BigDecimal published(double rate) {
        return plain(new BigDecimal(Double.toString(rate)));
    }

    static BigDecimal computed(double value) {
        return plain(new BigDecimal(value).round(COMPUTED));
    }

    private static BigDecimal plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
