package org.lsat.benchmarks;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lsat.Decision;
import org.lsat.InvoiceException;
import org.lsat.Paywall;
import org.lsat.RequestFacts;
import org.lsat.config.ConfigReader;
import org.lsat.config.ConfigValues;
import org.lsat.config.Settings;
import org.lsat.config.SettingsReader;
import org.lsat.ledger.MemoryLedger;
import org.lsat.protocol.Credential;
import org.lsat.protocol.Credentials;
import org.lsat.protocol.Terms;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** From the value of {@code Authorization} to whether it opens; three caveats, one of them the holder's. */
@State(Scope.Benchmark)
public class VerifyBenchmark {

    private static final long REFUSED = FloorVerify.REFUSED;

    private final FloorVerify floor = new FloorVerify(
            FloorKeys.derive(Sample.REALM, Sample.NETWORK, Sample.SECRET), Sample.PRODUCT, Sample.METHOD);
    private final Paywall paywall = paywall();
    private final Instant now = Instant.ofEpochSecond(Sample.NOW);

    private String good = "";
    private String unpaid = "";

    /** Refuses contenders that let somebody in who has not paid, or do not let in who has. */
    @Setup
    public void check() {
        good = Sample.header();
        unpaid = Sample.wrongPreimage();
        Gatekeeper.check(header -> floor.verify(header, Sample.NOW) >= 0);
        Gatekeeper.check(header -> verify(header) >= 0);
        Gatekeeper.check(header -> decide(header) instanceof Decision.Opened);
        if (floor.verify(good, Sample.NOW) != verify(good)) {
            throw new IllegalStateException("floor and core disagree about the end of the token");
        }
    }

    /** By hand. */
    @Benchmark
    public long floor() {
        return floor.verify(good, Sample.NOW);
    }

    /** The core's protocol package. */
    @Benchmark
    public long core() {
        return verify(good);
    }

    /** The whole decision: target, rule, credential, and the headers of the answer. */
    @Benchmark
    public Decision decide() {
        return decide(good);
    }

    /** As {@link #core} with a preimage that is not the invoice's. */
    @Benchmark
    public long wrongPreimage() {
        return verify(unpaid);
    }

    private static long verify(String header) {
        Credentials read = Credentials.read(List.of(header), List.of());
        if (read.candidates().isEmpty()) {
            return REFUSED;
        }
        Credential credential = read.candidates().get(0);
        if (!Sample.KEYS.isGenuine(credential)) {
            return REFUSED;
        }
        Terms terms = Terms.of(credential, Sample.PRODUCT);
        return terms.standing() == Terms.Standing.OPENS
                        && terms.allows(Sample.METHOD)
                        && Sample.NOW < terms.validUntil()
                ? terms.validUntil()
                : REFUSED;
    }

    private Decision decide(String header) {
        return paywall.decide(new RequestFacts(
                Sample.METHOD,
                "/reports/2026/q3",
                "/shop/reports/2026/q3",
                "/shop",
                List.of(header),
                List.of(),
                null,
                null,
                null,
                "192.0.2.1",
                false,
                null,
                Set.of(),
                now));
    }

    private static Paywall paywall() {
        ConfigReader config = new ConfigReader(ConfigValues.of(Map.of(
                "lsat.backend", "none",
                "lsat.realm", Sample.REALM,
                "lsat.secret", Sample.SECRET,
                "lsat.rules.reports.path", "/reports/*",
                "lsat.rules.reports.price", "10 sat",
                "lsat.rules.reports.valid-for", "P30D")));
        SecureRandom random = new SecureRandom();
        Settings settings = SettingsReader.read(config, Map.of("none", false), random);
        InstantSource clock = InstantSource.system();
        config.finish();
        return new Paywall(
                settings,
                new Paywall.Services(
                        request -> {
                            throw new InvoiceException("nothing is sold here", Duration.ofSeconds(1));
                        },
                        new MemoryLedger(1_000, Duration.ofMinutes(2), clock),
                        clock,
                        random));
    }
}
