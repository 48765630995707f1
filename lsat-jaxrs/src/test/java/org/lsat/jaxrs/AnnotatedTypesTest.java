package org.lsat.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What proxies stand for: of nothing that may cost something it is said that it is free. */
class AnnotatedTypesTest {

    interface Quote {
        @GET
        @Path("q")
        String quote();
    }

    interface PricedQuote extends Quote {
        @Override
        @Paid("quote")
        String quote();
    }

    static class Plain implements Quote, Serializable {
        private static final long serialVersionUID = 1L;

        @Override
        public String quote() {
            return "";
        }
    }

    static class MethodPaid implements PricedQuote {
        @Override
        @Paid("quote")
        public String quote() {
            return "";
        }
    }

    static class MethodDearer implements PricedQuote {
        @Override
        @Paid("dearer")
        public String quote() {
            return "";
        }
    }

    static class MethodFree implements PricedQuote {
        @Override
        @Free
        public String quote() {
            return "";
        }
    }

    @Paid("quote")
    static class ClassPaid extends Plain {
        private static final long serialVersionUID = 1L;
    }

    abstract static class Base implements Quote {
        @Override
        public String quote() {
            return "";
        }
    }

    @Paid("quote")
    static class OfBase extends Base {}

    static class ProxyOfPlain extends Plain {
        private static final long serialVersionUID = 1L;
    }

    static class ProxyOfPaid extends MethodPaid {}

    static class ProxyOfBase extends Base {}

    @Path("other")
    @Paid("other")
    static class Unrelated implements Serializable {
        private static final long serialVersionUID = 1L;

        @GET
        public String get() {
            return "";
        }
    }

    @Paid("other")
    abstract static class MayBeInherited {}

    abstract static class MethodMayBeInherited {
        @Paid("other")
        public abstract String quote();
    }

    abstract static class OtherMethodMayBeInherited {
        @Paid("other")
        public abstract String quote(String of);
    }

    interface Leading {
        @Path("sub")
        Plain sub();
    }

    @Paid("leading")
    static class PaidLeading implements Leading {
        @Override
        public Plain sub() {
            return new Plain();
        }
    }

    static Stream<Arguments> proxies() {
        Class<?> proxy = proxy(Quote.class);
        return Stream.of(
                Arguments.of(proxy, List.of(MethodPaid.class), false),
                Arguments.of(proxy, List.of(ClassPaid.class), false),
                Arguments.of(proxy, List.of(PricedQuote.class), false),
                Arguments.of(proxy, List.of(OfBase.class), false),
                Arguments.of(proxy, List.of(MayBeInherited.class), false),
                Arguments.of(proxy, List.of(MethodMayBeInherited.class), false),
                Arguments.of(proxy, List.of(OtherMethodMayBeInherited.class), true),
                Arguments.of(proxy, List.of(Unrelated.class), true),
                Arguments.of(proxy(Quote.class, Serializable.class), List.of(Unrelated.class), true),
                Arguments.of(proxy, List.of(), true),
                Arguments.of(Plain.class, List.of(MethodPaid.class, MayBeInherited.class), true),
                Arguments.of(generated(ProxyOfPlain.class), List.of(MethodPaid.class, ClassPaid.class), true),
                Arguments.of(generated(ProxyOfBase.class), List.of(OfBase.class), false),
                Arguments.of(generated(ProxyOfBase.class), List.of(Unrelated.class), true));
    }

    /** Jakarta REST may know the method by the interface, or by the proxy. */
    @ParameterizedTest
    @MethodSource("proxies")
    void ofAProxyIsSaidWhatNoClassBehindItCanGainsay(Class<?> matched, List<Class<?>> annotated, boolean free) {
        for (Class<?> known : List.of(Quote.class, matched)) {
            Terms terms = terms(known, matched, annotated);
            if (free) {
                assertThat(terms).isEqualTo(Terms.SILENT);
            } else {
                assertThat(terms.kind()).isEqualTo(Terms.Kind.CONTRADICTORY);
                assertThat(terms.text())
                        .contains("does not tell", annotated.get(0).getName(), "say the same");
            }
        }
    }

    @Test
    void whatTheInterfaceSaysCountsWhereAllSayTheSame() {
        Class<?> proxy = proxy(PricedQuote.class);
        assertThat(terms(PricedQuote.class, proxy, List.of(PricedQuote.class, MethodPaid.class, Unrelated.class))
                        .rule())
                .contains("quote");
        assertThat(terms(PricedQuote.class, proxy, List.of(PricedQuote.class, MayBeInherited.class))
                        .rule())
                .contains("quote");
    }

    @ParameterizedTest
    @ValueSource(classes = {MethodDearer.class, MethodFree.class})
    void andNotWhereOneSaysSomethingElse(Class<?> other) {
        Terms terms = terms(PricedQuote.class, proxy(PricedQuote.class), List.of(PricedQuote.class, other));
        assertThat(terms.kind()).isEqualTo(Terms.Kind.CONTRADICTORY);
        assertThat(terms.text()).contains(other.getName(), "let " + PricedQuote.class.getName());
    }

    @Test
    void aProxyOfAClassHasWhatTheClassSays() {
        Class<?> proxy = generated(ProxyOfPaid.class);
        assertThat(terms(proxy, proxy, List.of(MethodPaid.class, MethodDearer.class))
                        .rule())
                .contains("quote");
    }

    @Test
    void aResourceThatIsKnownByItsClassHasWhatThatSaysAlsoBehindAProxy() {
        assertThat(terms(Plain.class, proxy(Quote.class), List.of(MethodPaid.class)))
                .isEqualTo(Terms.SILENT);
        assertThat(terms(MethodPaid.class, proxy(Quote.class), List.of(MethodPaid.class, MethodDearer.class))
                        .rule())
                .contains("quote");
    }

    @Test
    void whatIsNotMatchedToAnObjectMayBeOfAnyClassToo() {
        MethodTerms terms = new MethodTerms(Quote.class, quote(Quote.class), AnnotatedTypes.of(List.of(OfBase.class)));
        assertThat(terms.of(List.of()).kind()).isEqualTo(Terms.Kind.CONTRADICTORY);
    }

    @Test
    void whereNoInitializerRanAProxyHasToSaySomething() {
        AnnotatedTypes unknown = AnnotatedTypes.in(null);
        List<Object> matched = List.of(proxy(Quote.class));
        assertThat(new MethodTerms(Quote.class, quote(Quote.class), unknown)
                        .of(matched)
                        .kind())
                .isEqualTo(Terms.Kind.CONTRADICTORY);
        assertThat(new MethodTerms(Quote.class, quote(Quote.class), unknown).of(List.of(new Plain())))
                .isEqualTo(Terms.SILENT);
        assertThat(new MethodTerms(PricedQuote.class, quote(PricedQuote.class), unknown)
                        .of(List.of(proxy(PricedQuote.class)))
                        .rule())
                .contains("quote");
    }

    @Test
    void aProxyWhoseLocatorLedToAResourceMayCostSomethingToo() {
        AnnotatedTypes annotated = AnnotatedTypes.of(List.of(PaidLeading.class));
        MethodTerms terms = new MethodTerms(Plain.class, quote(Plain.class), annotated);
        assertThat(terms.ofParents(List.of(new Plain(), proxy(Leading.class))).kind())
                .isEqualTo(Terms.Kind.CONTRADICTORY);
        assertThat(terms.ofParents(List.of(new Plain(), new PaidLeading())).rule())
                .contains("leading");
        assertThat(terms.ofParents(List.of(new Plain(), proxy(Quote.class)))).isEqualTo(Terms.SILENT);
    }

    private static Terms terms(Class<?> known, Class<?> matched, List<Class<?>> annotated) {
        return new MethodTerms(known, quote(known), AnnotatedTypes.of(annotated)).of(List.of(matched));
    }

    private static Method quote(Class<?> type) {
        try {
            return type.getMethod("quote");
        } catch (NoSuchMethodException e) {
            throw new AssertionError(e);
        }
    }

    private static Class<?> proxy(Class<?>... interfaces) {
        return Proxy.newProxyInstance(
                        AnnotatedTypesTest.class.getClassLoader(), interfaces, (self, method, arguments) -> "")
                .getClass();
    }

    /** As containers make proxies: of a class that has no file. */
    private static Class<?> generated(Class<?> type) {
        String file = type.getName().replace('.', '/') + ".class";
        try (InputStream bytes = type.getClassLoader().getResourceAsStream(file)) {
            return MethodHandles.lookup()
                    .defineHiddenClass(Objects.requireNonNull(bytes).readAllBytes(), false)
                    .lookupClass();
        } catch (IOException | IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
