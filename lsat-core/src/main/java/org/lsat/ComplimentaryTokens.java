package org.lsat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.lsat.protocol.Preimage;
import org.lsat.protocol.RootKeys;
import org.lsat.protocol.TokenId;
import org.lsat.rules.Price;

/**
 * Makes tokens for which nobody pays an invoice: for staff, for customers who paid in another way. They open what a bought
 * token of the same rule or plan opens, are counted in the same ledger and revoked in the same way; no node is asked, and
 * nothing is written. To be injected, or the attribute {@link #ATTRIBUTE} of the {@code ServletContext}. Thread-safe.
 */
public final class ComplimentaryTokens {

    /** Name of the context's attribute. */
    public static final String ATTRIBUTE = "org.lsat.ComplimentaryTokens";

    /** A later end is one that somebody writes for "never", such as {@code Instant.MAX}: no clock or ledger counts so far. */
    static final Duration LONGEST = Duration.ofDays(36_500);

    private final Supplier<RootKeys> keys;
    private final Set<String> products;
    private final InstantSource clock;
    private final SecureRandom random;

    /**
     * An issuer.
     *
     * @param keys that sign now
     * @param products the rules and plans that there are; empty where that is not known, and any name is taken
     */
    public ComplimentaryTokens(
            Supplier<RootKeys> keys, Set<String> products, InstantSource clock, SecureRandom random) {
        this.keys = keys;
        this.products = Set.copyOf(products);
        this.clock = clock;
        this.random = random;
    }

    /**
     * A token for any number of requests.
     *
     * @param product the name of a rule or a plan
     * @param end in the future, within 36,500 days; whole seconds count
     * @throws IllegalArgumentException if there is no such product, or the end has passed or is further off
     */
    public PaidToken pass(String product, Instant end) {
        return issue(product, 0, 0, end);
    }

    /**
     * A token for so many requests.
     *
     * @param uses 1 to 2³²−1
     * @throws IllegalArgumentException if there is no such product, the end has passed or is too far off, or the number is out of
     *     range
     */
    public PaidToken bundle(String product, long uses, Instant end) {
        if (uses < 1 || uses > TokenId.MAX_USES) {
            throw new IllegalArgumentException("uses " + uses + ": allowed are 1 to " + TokenId.MAX_USES);
        }
        return issue(product, uses, 0, end);
    }

    /**
     * A token from which each request draws its price.
     *
     * @param deposit not free
     * @throws IllegalArgumentException if there is no such product, the end has passed or is too far off, or the deposit is
     *     nothing
     */
    public PaidToken balance(String product, Price deposit, Instant end) {
        if (deposit.isFree()) {
            throw new IllegalArgumentException("a deposit of nothing: allowed is, for example, 1000 sat");
        }
        return issue(product, 0, deposit.amountMsat(), end);
    }

    private PaidToken issue(String product, long uses, long depositMsat, Instant end) {
        if (!products.isEmpty() && !products.contains(product)) {
            throw new IllegalArgumentException("no rule or plan has the name " + product + "; there are "
                    + String.join(", ", new TreeSet<>(products)));
        }
        Instant now = clock.instant();
        if (!end.isAfter(now)) {
            throw new IllegalArgumentException("the end " + end + " has passed");
        }
        if (end.isAfter(now.plus(LONGEST))) {
            throw new IllegalArgumentException("the end " + end + ": allowed is one until " + now.plus(LONGEST));
        }
        byte[] bytes = new byte[Preimage.LENGTH];
        random.nextBytes(bytes);
        Preimage preimage = Preimage.of(bytes);
        RootKeys.Purchase given = new RootKeys.Purchase(product, uses, depositMsat, 0, true);
        return new PaidToken(
                keys.get()
                        .mint(preimage.hash(), given, end.getEpochSecond(), random)
                        .base64(),
                preimage.revealHex());
    }
}
