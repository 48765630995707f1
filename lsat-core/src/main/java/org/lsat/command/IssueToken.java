package org.lsat.command;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.lsat.ComplimentaryTokens;
import org.lsat.PaidToken;
import org.lsat.config.ConfigException;
import org.lsat.config.ConfigReader;
import org.lsat.config.ConfigValues;
import org.lsat.config.Fault;
import org.lsat.config.SettingsReader;
import org.lsat.config.StandardSources;
import org.lsat.protocol.RootKeys;
import org.lsat.rules.Price;
import org.lsat.rules.Rule;

/**
 * The command that makes a complimentary token from a shell: {@code java -jar lsat-core.jar
 * config=microprofile-config.properties product=month valid-for=P30D}. Needs neither a node nor a server, only the application's
 * realm, network and secret.
 */
public final class IssueToken {

    private static final Duration LONGEST = Duration.ofDays(36_500);
    private static final long MOST_USES = 1_000_000_000;

    private static final String USAGE = """
            Makes a complimentary token: java -jar <this JAR> <name>=<value> ...

              product=month                 a rule or a plan; required
              valid-for=P30D                or until=2027-01-31T00:00:00Z; required
              uses=100                      so many requests, or
              deposit=10000 sat             a balance; neither: any number of requests
              config=<file>                 the application's microprofile-config.properties, without ${...} and profiles
              lsat.realm=weather            and lsat.network, lsat.secret.file, lsat.backend, as there; before the environment
                                            (LSAT_SECRET), before the file
            """;

    private static final String ARGUMENT =
            "<name>=<value>, each name once; without arguments the command says which there are";
    private static final String WITHOUT_THE_FILE =
            "run the command without config, and without a profile in the environment; give it lsat.realm, lsat.network"
                    + " and lsat.secret.file as they come out in the application";

    private IssueToken() {}

    /** Prints the token to standard output, or what is wrong to standard error, and then exits with 2. */
    public static void main(String[] arguments) {
        int status = run(List.of(arguments), System.getenv(), InstantSource.system(), System.out, System.err);
        if (status != 0) {
            System.exit(status);
        }
    }

    static int run(
            List<String> arguments,
            Map<String, String> environment,
            InstantSource clock,
            PrintStream out,
            PrintStream err) {
        if (arguments.isEmpty()) {
            err.print(USAGE);
            return 2;
        }
        try {
            PaidToken token = issue(arguments, environment, clock);
            out.println("Authorization: " + token.authorization());
            err.println(
                    "payment " + token.payment().prefix() + ", as logs show it; whoever has the line above is served");
            return 0;
        } catch (ConfigException e) {
            e.faults().forEach(fault -> err.println(fault));
            return 2;
        }
    }

    private static PaidToken issue(List<String> arguments, Map<String, String> environment, InstantSource clock) {
        Map<String, String> given = given(arguments);
        ConfigValues application = application(given, environment);
        // Of the file's properties, most are for the server alone; an argument is for this command.
        ConfigReader config = new ConfigReader(new ConfigValues(
                given.keySet(),
                name -> isProperty(name) ? application.lookup().apply(name) : given.get(name),
                Map.of()));
        given.keySet().stream()
                .filter(name -> !isProperty(name)
                        && !List.of("config", "product", "uses", "deposit", "until", "valid-for")
                                .contains(name))
                .forEach(name ->
                        config.fault(name, "", "config, product, uses, deposit, until, valid-for, or a property"));
        RootKeys keys = SettingsReader.issuingKeys(config);
        String product = config.text("product").filter(Rule::isName).orElse("");
        if (product.isEmpty()) {
            config.fault("product", config.text("product").orElse(""), "the name of a rule or a plan");
        }
        Instant now = clock.instant();
        Optional<Instant> end = end(config, now);
        Optional<Long> uses = config.number("uses", 1, MOST_USES);
        Optional<Price> deposit = deposit(config);
        if (uses.isPresent() && deposit.isPresent()) {
            config.fault("deposit", deposit.get().toString(), "either uses or a deposit");
        }
        Set<String> products = products(application.names());
        if (!products.isEmpty() && !product.isEmpty() && !products.contains(product)) {
            config.fault(
                    "product",
                    product,
                    "a rule or a plan of the application: " + String.join(", ", products)
                            + "; of a rule that only an annotation names add one property, for example lsat.rules."
                            + product + ".price=annotated");
        }
        given.keySet().stream().filter(name -> product(name).isPresent()).forEach(config::know);
        if (!product.isEmpty()) {
            config.know("lsat.rules." + product + ".price");
        }
        config.finish();
        ComplimentaryTokens tokens = new ComplimentaryTokens(() -> keys, products, () -> now, new SecureRandom());
        Instant until = end.orElseThrow();
        if (deposit.isPresent()) {
            return tokens.balance(product, deposit.get(), until);
        }
        return uses.isPresent() ? tokens.bundle(product, uses.get(), until) : tokens.pass(product, until);
    }

    private static boolean isProperty(String name) {
        return name.startsWith("lsat.");
    }

    private static Map<String, String> given(List<String> arguments) {
        Map<String, String> given = new TreeMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            int equals = argument.indexOf('=');
            String name = argument.substring(0, Math.max(equals, 0));
            if (!name.matches("[a-z][a-z0-9.-]*")) {
                // After lsat.secret=<white space> it is the secret; that of Base64 has an = at its end.
                throw fault("argument " + (i + 1), "(not shown)", ARGUMENT);
            }
            if (given.put(name, argument.substring(equals + 1)) != null) {
                throw fault(name, "(twice)", ARGUMENT);
            }
        }
        return given;
    }

    private static ConfigValues application(Map<String, String> given, Map<String, String> environment) {
        Map<String, String> properties = new TreeMap<>(given);
        properties.keySet().removeIf(name -> !isProperty(name));
        Optional<String> file = Optional.ofNullable(given.get("config"));
        try {
            return StandardSources.read(properties, environment, file.map(Path::of), WITHOUT_THE_FILE);
        } catch (IOException | IllegalArgumentException e) {
            throw fault("config", file.orElse(""), "a properties file that can be read; " + e);
        }
    }

    /** Those that are named; those of annotations are not known here, so that any name is taken where none is named. */
    private static Set<String> products(Set<String> properties) {
        Set<String> products = new TreeSet<>();
        properties.forEach(property -> product(property).ifPresent(products::add));
        return products;
    }

    /** The rule or the plan of which this property is one. */
    private static Optional<String> product(String property) {
        String[] parts = property.split("\\.", -1);
        boolean isProduct =
                parts.length == 4 && parts[0].equals("lsat") && (parts[1].equals("rules") || parts[1].equals("plans"));
        return isProduct ? Optional.of(parts[2]) : Optional.empty();
    }

    private static Optional<Instant> end(ConfigReader config, Instant now) {
        Optional<String> until = config.text("until");
        Optional<Duration> validFor = config.duration("valid-for", Duration.ofSeconds(1), LONGEST);
        if (until.isPresent() == config.text("valid-for").isPresent()) {
            config.fault(
                    "valid-for",
                    config.text("valid-for").orElse(""),
                    "either valid-for=P30D or until=2027-01-31T00:00:00Z");
            return Optional.empty();
        }
        if (until.isEmpty()) {
            return validFor.map(now::plus);
        }
        try {
            Instant end = Instant.parse(until.get());
            Instant latest = now.plus(LONGEST);
            if (!end.isAfter(now) || end.isAfter(latest)) {
                config.fault(
                        "until",
                        until.get(),
                        "a time in UTC after " + now.truncatedTo(ChronoUnit.SECONDS) + ", which is now, up to "
                                + latest.truncatedTo(ChronoUnit.SECONDS));
                return Optional.empty();
            }
            return Optional.of(end);
        } catch (DateTimeException e) {
            config.fault("until", until.get(), "a time in UTC such as 2027-01-31T00:00:00Z");
            return Optional.empty();
        }
    }

    private static Optional<Price> deposit(ConfigReader config) {
        Optional<String> text = config.text("deposit");
        Optional<Price> price = text.flatMap(Price::parse).filter(parsed -> !parsed.isFree());
        if (text.isPresent() && price.isEmpty()) {
            config.fault("deposit", text.get(), "<digits> sat or <digits> msat, for example: 10000 sat");
        }
        return price;
    }

    private static ConfigException fault(String property, String value, String allowed) {
        return new ConfigException(List.of(new Fault(property, value, allowed)));
    }
}
