package org.lsat.it.cdi;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lsat.PriceRequest;
import org.lsat.PriceSource;
import org.lsat.rules.Price;

/** As many satoshis as the query says first in {@code sats=}, else one; {@code …/unpriced} has no price. */
@ApplicationScoped
public class PathPrices implements PriceSource {

    private static final Pattern SATS = Pattern.compile("\\bsats=([0-9]+)");

    @Override
    public Price price(PriceRequest request) {
        if (request.path().endsWith("/unpriced")) {
            throw new IllegalStateException("no price for this one");
        }
        Matcher sats = SATS.matcher(request.query().orElse(""));
        return new Price(sats.find() ? Long.parseLong(sats.group(1)) * 1000 : 1000);
    }
}
