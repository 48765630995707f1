package org.lsat.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.lsat.config.Settings;
import org.lsat.rules.Rule;
import org.lsat.servlet.MatchedGate;

/** Annotations that no gate would see stop the deployment; the others make rules. */
class PaidInitializerTest {

    private static final Map<String, String> CONFIGURED = Map.of(
            Applications.CONFIGURATION,
            "lsat.backend=application\nlsat.realm=test\nlsat.ledger=memory\nlsat.secret=a-secret-of-a-test-with-32-bytes-or-more\n");

    private static final Map<String, String> WITH_PATH = Map.of(
            Applications.CONFIGURATION,
            CONFIGURED.get(Applications.CONFIGURATION) + "lsat.rules.path.path=/x\nlsat.rules.path.price=1 sat\n");

    @Test
    void annotationsMakeRules() {
        Settings settings = started(
                Set.of(Misplaced.InheritsRest.class, Misplaced.SubResource.class, Misplaced.ToBeExtended.class),
                loader(name -> false, CONFIGURED));
        assertThat(settings.rules().stream().map(Rule::name))
                .containsExactly("abstract", "abstract-method", "inherits");
        Rule rule = settings.rule("inherits").orElseThrow();
        assertThat(rule.priceInWords()).isEqualTo("3 sat");
        assertThat(rule.plan().inWords()).isEqualTo("5 requests within 1 day");
        assertThat(rule.methods()).containsExactly("GET");
        assertThat(rule.description()).isEqualTo("five");
    }

    @ParameterizedTest
    @NullAndEmptySource
    void withoutAnnotationsNoRestIsNeeded(@Nullable Set<Class<?>> none) {
        Settings settings = started(none, loader(name -> name.startsWith("jakarta.ws.rs"), WITH_PATH));
        assertThat(settings.rules()).hasSize(1);
    }

    @Test
    void aRuleOfTheConfigurationThatHasNoPathAndThatNoAnnotationNamesStopsTheDeployment() {
        Map<String, String> misspelt = Map.of(
                Applications.CONFIGURATION,
                CONFIGURED.get(Applications.CONFIGURATION) + "lsat.rules.inherit.price=1 sat\n");
        assertThatThrownBy(() -> started(Set.of(Misplaced.InheritsRest.class), loader(name -> false, misspelt)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(
                        "lsat.rules.inherit.price = 1 sat: a rule that has a path or that an annotation names:"
                                + " add lsat.rules.inherit.path; the rules there are: inherits");
    }

    @Test
    void aFaultOfAnAnnotationNamesItsPlace() {
        assertThatThrownBy(() -> started(Set.of(Misplaced.SubResource.class), loader(name -> false, CONFIGURED)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("lsat.rules.inherits.price")
                .hasMessageContaining("(not set)");
    }

    static Stream<Arguments> misplaced() {
        return Stream.of(
                Arguments.of(
                        Misplaced.BothOnMethod.class,
                        "@Paid and @Free on org.lsat.jaxrs.Misplaced$BothOnMethod.get: take one of them away"),
                Arguments.of(
                        Misplaced.BothOnClass.class,
                        "@Paid and @Free on org.lsat.jaxrs.Misplaced$BothOnClass: take one of them away"),
                Arguments.of(
                        Misplaced.OnLocator.class,
                        "@Paid(\"x\") on org.lsat.jaxrs.Misplaced$OnLocator.below: a sub-resource locator answers"
                                + " nothing itself; put it on the class that it returns"),
                Arguments.of(
                        Misplaced.FreeOnLocator.class,
                        "@Free on org.lsat.jaxrs.Misplaced$FreeOnLocator.below: a sub-resource locator"),
                Arguments.of(
                        Misplaced.NoResource.class,
                        "@Paid(\"x\") on org.lsat.jaxrs.Misplaced$NoResource: no class of resources"),
                Arguments.of(
                        Misplaced.OnNoResourceMethod.class,
                        "@Paid(\"x\") on org.lsat.jaxrs.Misplaced$OnNoResourceMethod.get: no resource method"),
                Arguments.of(
                        Misplaced.OnHelper.class,
                        "@Paid(\"x\") on org.lsat.jaxrs.Misplaced$OnHelper.help: no resource method"),
                Arguments.of(
                        Misplaced.OnHelperToInherit.class,
                        "@Paid(\"x\") on org.lsat.jaxrs.Misplaced$OnHelperToInherit.help: no resource method"),
                Arguments.of(
                        Misplaced.OnServlet.class,
                        "org.lsat.jaxrs.Misplaced$OnServlet is annotated, and a servlet, which no annotation prices: take it"
                                + " away, and price the path: lsat.rules.x.path=/…"),
                Arguments.of(Misplaced.OnMethodOfServlet.class, "OnMethodOfServlet is annotated, and a servlet"),
                Arguments.of(
                        Misplaced.Stereotype.class,
                        "@Paid(\"x\") on org.lsat.jaxrs.Misplaced$Stereotype: no class of resources"));
    }

    @ParameterizedTest
    @MethodSource("misplaced")
    void whereAnAnnotationWouldDoNothingTheDeploymentStops(Class<?> type, String message) {
        assertThatThrownBy(() -> started(Set.of(type), loader(name -> false, CONFIGURED)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(message);
    }

    @Test
    void allAreReportedAtOnce() {
        assertThatThrownBy(() -> started(
                        Set.of(Misplaced.OnHelper.class, Misplaced.NoResource.class),
                        loader(name -> false, CONFIGURED)))
                .hasMessageContaining("OnHelper.help")
                .hasMessageContaining("NoResource");
    }

    static Stream<Arguments> runtimes() {
        Predicate<String> nothing = name -> false;
        return Stream.of(
                Arguments.of((Predicate<String>) name -> name.startsWith("jakarta.ws.rs"), Map.of(), "no Jakarta REST"),
                Arguments.of(
                        (Predicate<String>) name ->
                                name.equals(Applications.RUNTIME) || name.equals("jakarta.ws.rs.ext.RuntimeDelegate"),
                        Map.of(),
                        "no Jakarta REST"),
                Arguments.of(
                        nothing, Map.of(Applications.FEATURES, "# none\n"), "does not list org.lsat.jaxrs.PaidFeature"),
                Arguments.of(
                        nothing,
                        Map.of(
                                Applications.FEATURES,
                                "org.lsat.jaxrs.PaidFeature # ours\n" + Misplaced.NoPriority.class.getName() + "\n"
                                        + Misplaced.SamePriority.class.getName()),
                        "org.lsat.jaxrs.Misplaced$SamePriority, listed in " + Applications.FEATURES
                                + ", has @Priority(402)"));
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void whereRestWouldNotLoadTheGateTheDeploymentStops(
            Predicate<String> hidden, Map<String, String> files, String message) {
        Map<String, String> all = new HashMap<>(files);
        all.putAll(CONFIGURED);
        assertThatThrownBy(() -> started(Set.of(Misplaced.InheritsRest.class), loader(hidden, all)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(message);
    }

    /** TomEE 9 tells of no class of which only methods are annotated. */
    @ParameterizedTest
    @MethodSource("annotatedOrNot")
    void whereRestIsOlderThanThreeDotOneTheDeploymentStopsWhateverIsAnnotated(@Nullable Set<Class<?>> annotated) {
        assertThatThrownBy(
                        () -> started(annotated, loader(name -> name.equals("jakarta.ws.rs.SeBootstrap"), WITH_PATH)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("older than 3.1")
                .hasMessageContaining("Take lsat-jaxrs out");
    }

    static Stream<@Nullable Set<Class<?>>> annotatedOrNot() {
        return Stream.of(null, Set.of(), Set.of(Misplaced.InheritsRest.class));
    }

    @Test
    void noneOfThatStopsAnApplicationWithoutAnnotations() {
        Map<String, String> files = new HashMap<>(WITH_PATH);
        files.put(Applications.FEATURES, Misplaced.SamePriority.class.getName());
        assertThat(started(Set.of(), loader(name -> false, files)).rules()).hasSize(1);
    }

    private static ClassLoader loader(Predicate<String> hidden, Map<String, String> files) {
        return Applications.without(hidden, files);
    }

    private static Settings started(@Nullable Set<Class<?>> annotated, ClassLoader loader) {
        ServletContext context = context(loader);
        new PaidInitializer().onStartup(annotated, context);
        return MatchedGate.settings(context).orElseThrow();
    }

    private static ServletContext context(ClassLoader loader) {
        Map<String, Object> attributes = new HashMap<>();
        return Fake.of(ServletContext.class, (method, arguments) -> switch (method) {
            case "getClassLoader" -> loader;
            case "getServerInfo" -> "test";
            case "getAttribute" -> attributes.get((String) arguments.get(0));
            case "setAttribute" -> {
                attributes.put((String) arguments.get(0), arguments.get(1));
                yield null;
            }
            case "getFilterRegistrations", "getServletRegistrations" -> Map.of();
            case "addFilter" -> Fake.of(FilterRegistration.Dynamic.class, (name, values) -> null);
            case "addListener" -> null;
            default -> throw Fake.unexpected(method + List.copyOf(arguments));
        });
    }
}
