package org.lsat.config;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.lsat.ledger.LedgerBackend;
import org.lsat.protocol.RootKeys;
import org.lsat.protocol.Secret;
import org.lsat.rules.NamedPlan;
import org.lsat.rules.PathParameters;
import org.lsat.rules.PriceTable;
import org.lsat.rules.Product;
import org.lsat.rules.Rate;
import org.lsat.rules.Rule;

/**
 * Reads {@link Settings} and reports every fault to the {@link ConfigReader}, which throws them together when it is
 * finished; until then the settings returned after a fault are only a stand-in.
 */
public final class SettingsReader {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration YEAR = Duration.ofDays(365);
    private static final int MOST_MEMO_BYTES = 639;
    private static final String LEDGER = "lsat.ledger";

    private static final Map<String, String> NETWORKS =
            Map.of("mainnet", "bc", "testnet", "tb", "signet", "tbs", "regtest", "bcrt");

    /** Play money has keys of its own, so that its tokens open nothing elsewhere; its invoices look like regtest's. */
    private static final String PLAY_MONEY_KEYS = "dev";

    private static final String PLAY_MONEY_INVOICES = "bcrt";

    private final ConfigReader config;
    private final List<AnnotatedRule> annotated;
    private final Map<String, Boolean> backends;
    private final Map<String, Set<String>> ledgers;
    private final SecureRandom random;
    private final List<String> notices = new ArrayList<>();

    private SettingsReader(
            ConfigReader config,
            List<AnnotatedRule> annotated,
            Map<String, Boolean> backends,
            Map<String, Set<String>> ledgers,
            SecureRandom random) {
        this.config = config;
        this.annotated = annotated;
        this.backends = backends;
        this.ledgers = ledgers;
        this.random = random;
    }

    /**
     * Reads the settings.
     *
     * @param backends the backends there are, by name, and whether their money is play money
     * @param random makes the secret that play money may go without
     */
    public static Settings read(ConfigReader config, Map<String, Boolean> backends, SecureRandom random) {
        return read(config, List.of(), backends, Map.of(), random);
    }

    /**
     * Reads the settings of an application that has annotated resources.
     *
     * @param annotated what annotations say of rules
     * @param ledgers those that there are beside the one in memory, by name, and the properties of each
     */
    public static Settings read(
            ConfigReader config,
            List<AnnotatedRule> annotated,
            Map<String, Boolean> backends,
            Map<String, Set<String>> ledgers,
            SecureRandom random) {
        return new SettingsReader(config, annotated, backends, ledgers, random).read();
    }

    /** The keys of an application of which only realm, network and secret are known, for who issues tokens elsewhere. */
    public static RootKeys issuingKeys(ConfigReader config) {
        SettingsReader reader = new SettingsReader(config, List.of(), Map.of(), Map.of(), new SecureRandom());
        boolean playMoney = config.text("lsat.backend").filter("dev"::equals).isPresent();
        SecretsReader secrets = new SecretsReader(config);
        if (playMoney && secrets.isMissing()) {
            // A server that made its own secret would not know the token.
            secrets.reportMissing();
        }
        // Read for play money, too: else it would be an argument that nobody read.
        String network = reader.network();
        return reader.keys(reader.realm(playMoney), playMoney ? PLAY_MONEY_KEYS : network, playMoney)
                .atStart();
    }

    private String network() {
        return config.oneOf("lsat.network", List.of("mainnet", "testnet", "signet", "regtest"))
                .map(NETWORKS::get)
                .orElse("bc");
    }

    private Settings read() {
        String backend = backend();
        boolean playMoney = backends.getOrDefault(backend, false);
        List<Rule> rules = new RulesReader(config, annotated).read();
        List<NamedPlan> plans = new PlansReader(config, rules).read();
        List<Product> products = Stream.concat(rules.stream().filter(rule -> !rule.isFree()), plans.stream())
                .<Product>map(product -> product)
                .toList();
        String realm = realm(playMoney);
        String network = network();
        String ledger = ledger(playMoney, products);
        BrowserReader browsers = new BrowserReader(config);
        Set<PathParameters> parameters = browsers.allowedParameters();
        if (!parameters.isEmpty()) {
            notices.add("lsat.paths.allow=" + config.text("lsat.paths.allow").orElse("")
                    + ": request targets with such parameters are not refused");
        }
        return new Settings(
                backend,
                rules,
                PriceTable.of(rules),
                plans,
                realm,
                keys(realm, playMoney ? PLAY_MONEY_KEYS : network, playMoney),
                playMoney ? PLAY_MONEY_INVOICES : network,
                config.duration("lsat.invoice.expiry", SECOND, YEAR).orElse(Duration.ofMinutes(10)),
                memo(realm, products),
                config.oneOf("lsat.settlement", List.of("preimage", "strict"))
                        .filter("strict"::equals)
                        .isPresent(),
                ledger,
                config.number("lsat.ledger.capacity", 1, 1_000_000_000).orElse(1_000_000L),
                config.duration("lsat.ledger.lease", SECOND, Duration.ofDays(1)).orElse(Duration.ofMinutes(2)),
                rate("lsat.challenges.per-client", new Rate(20, Duration.ofSeconds(10))),
                rate("lsat.challenges.total", new Rate(1000, Duration.ofSeconds(10))),
                RevokedReader.read(config),
                ProxiesReader.read(config),
                browsers.cors(),
                parameters,
                config.flag("lsat.enforce", true),
                notices);
    }

    private String backend() {
        List<String> names = backends.keySet().stream().sorted().toList();
        String name = config.text("lsat.backend").orElse("");
        if (!names.contains(name)) {
            config.fault(
                    "lsat.backend",
                    name,
                    "allowed are " + String.join(", ", names) + "; there is no default"
                            + (names.contains("dev") ? "" : ", and lsat-ejb-invoice brings more")
                            + (names.contains("lnd") ? "" : "; lnd comes with lsat-invoice-lnd"));
        }
        return name;
    }

    private String realm(boolean playMoney) {
        String allowed = "the application's name, 1 to 64 of A-Z a-z 0-9 . _ -";
        Optional<String> realm = config.text("lsat.realm");
        if (realm.isEmpty() && !playMoney) {
            config.fault("lsat.realm", "", allowed + "; it is part of the keys of all tokens");
        }
        if (realm.isPresent() && !realm.get().matches("[A-Za-z0-9._-]{1,64}")) {
            config.fault("lsat.realm", realm.get(), allowed);
            return "invalid";
        }
        return realm.orElse("lsat");
    }

    private FileBacked<RootKeys> keys(String realm, String network, boolean playMoney) {
        SecretsReader secrets = new SecretsReader(config);
        if (secrets.isMissing() && playMoney) {
            notices.add("lsat.secret is not set: made one that lasts until the application stops,"
                    + " and no token outlives it. Set lsat.secret or lsat.secret.file to keep them");
        } else {
            secrets.reportMissing();
        }
        byte[] bytes = new byte[Secret.MIN_LENGTH];
        random.nextBytes(bytes);
        Secret made = Secret.of(bytes);
        return secrets.backed(
                all -> RootKeys.derive(realm, network, all.present().orElse(made), all.previous()));
    }

    private String memo(String realm, List<Product> products) {
        String memo = config.text("lsat.invoice.memo").orElse("{realm} {rule}");
        String rest = memo.replace("{realm}", "").replace("{rule}", "");
        int longest = products.stream()
                .mapToInt(product -> memo.replace("{realm}", realm)
                        .replace("{rule}", product.name())
                        .getBytes(StandardCharsets.UTF_8)
                        .length)
                .max()
                .orElse(0);
        if (rest.indexOf('{') >= 0 || rest.indexOf('}') >= 0 || longest > MOST_MEMO_BYTES) {
            config.fault(
                    "lsat.invoice.memo",
                    memo,
                    "a text of at most " + MOST_MEMO_BYTES
                            + " bytes, in which {realm} and {rule} stand for their names");
        }
        return memo;
    }

    /** As it is written, else one whose properties are there, else one that lasts where something is counted for money. */
    private String ledger(boolean playMoney, List<Product> products) {
        boolean counted = products.stream().anyMatch(product -> product.plan().isCounted());
        Optional<String> written = config.oneOf(LEDGER, ledgerNames());
        // Also where nothing is counted that is sold now: what was sold before still is.
        Optional<String> chosen = written.or(() -> ledgers.entrySet().stream()
                .filter(ledger -> !playMoney
                        || ledger.getValue().stream()
                                .anyMatch(property -> config.text(property).isPresent()))
                .map(Map.Entry::getKey)
                .sorted()
                .findFirst());
        if (counted && !playMoney && chosen.isEmpty() && config.text(LEDGER).isEmpty()) {
            config.fault(
                    LEDGER,
                    "",
                    "some rule or plan sells a number of requests or a balance, and the ledger in memory forgets at a restart what was used:"
                            + " add lsat-ledger-jdbc to the application, write lsat.ledger=memory to accept that, or sell"
                            + " by time alone (valid-for without uses)");
        }
        if (counted
                && !playMoney
                && written.filter(LedgerBackend.MEMORY::equals).isPresent()) {
            notices.add("lsat.ledger=memory: a restart forgets what was used, and sells it again");
        }
        return chosen.orElse(playMoney ? LedgerBackend.MEMORY : LedgerBackend.NONE);
    }

    private List<String> ledgerNames() {
        List<String> names = new ArrayList<>(List.of(LedgerBackend.MEMORY));
        names.addAll(ledgers.keySet());
        return names;
    }

    private Rate rate(String name, Rate otherwise) {
        Optional<String> text = config.text(name);
        Optional<Rate> rate = text.flatMap(Rate::parse);
        if (text.isPresent() && rate.isEmpty()) {
            config.fault(name, text.get(), Rate.ALLOWED);
        }
        return rate.orElse(otherwise);
    }
}
