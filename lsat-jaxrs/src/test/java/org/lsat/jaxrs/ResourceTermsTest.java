package org.lsat.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Where annotations are found, and which of several wins. */
class ResourceTermsTest {

    @Paid("class")
    @Path("x")
    static class OnClass {
        @GET
        public String silent() {
            return "";
        }

        @Paid("method")
        public String paid() {
            return "";
        }

        @Free
        public String free() {
            return "";
        }
    }

    static class ProxyOfOnClass extends OnClass {
        @Override
        public String silent() {
            return super.silent();
        }

        @Override
        public String paid() {
            return super.paid();
        }

        @Override
        public String free() {
            return super.free();
        }
    }

    static class InheritsAll extends OnClass {}

    @Free
    static class FreeBelow extends OnClass {}

    @Paid("below")
    static class PaidBelow extends OnClass {}

    @Paid("interface")
    interface OnInterface {
        String silent();

        @Paid("interface-method")
        String paid();

        @Free
        String free();
    }

    static class Implements implements OnInterface {
        @Override
        public String silent() {
            return "";
        }

        @Override
        public String paid() {
            return "";
        }

        @Override
        public String free() {
            return "";
        }
    }

    @Paid("implementation")
    static class ImplementsPaid extends Implements {}

    interface ReadsFree {
        @Free
        String paid();
    }

    interface ReadsPaid extends ReadsFree {
        @Override
        @Paid("refined")
        String paid();
    }

    static class Refines implements ReadsFree, ReadsPaid {
        @Override
        public String paid() {
            return "";
        }
    }

    abstract static class TwoMinds implements OnInterface, ReadsFree {}

    @Free
    interface FreeType {}

    abstract static class TwoTypes implements OnInterface, FreeType {}

    abstract static class SameTwice implements OnInterface, AlsoInterface {}

    @Paid("interface")
    interface AlsoInterface {}

    abstract static class Generic<K, V> {
        @Paid("generic")
        public V find(K key) {
            throw new UnsupportedOperationException(String.valueOf(key));
        }
    }

    static class OfString extends Generic<String, Integer> {
        @Override
        public Integer find(String key) {
            return key.length();
        }

        @Free
        public Integer find(Long overload) {
            return overload.intValue();
        }
    }

    interface Store<T extends Comparable<T>> {
        @Paid("store")
        void put(List<? extends T> all, T[] more);
    }

    interface LongStore extends Store<Long> {}

    static class Longs implements LongStore {
        @Override
        public void put(List<? extends Long> all, Long[] more) {}
    }

    abstract static class WithStatic {
        @GET
        @Paid("static")
        public static String constant() {
            return "";
        }
    }

    static class InheritsStatic extends WithStatic {}

    static class Around<T> {

        abstract class Base {
            @Paid("around")
            public abstract String find(T key);
        }

        abstract class Middle<S> extends Base implements Also<S, List<T[]>> {}
    }

    interface Also<S, L> {
        @Paid("also")
        String put(S one, L all);
    }

    static class AroundString extends Around<String> {

        class Inner extends Base {
            @Override
            public String find(String key) {
                return key;
            }
        }

        class Deeper extends Middle<Integer> {
            @Override
            public String find(String key) {
                return key;
            }

            @Override
            public String put(Integer one, List<String[]> all) {
                return "";
            }
        }
    }

    /** Its variable is bound to itself. */
    @SuppressWarnings("ClassCanBeStatic") // They would not have the variable of the class around them.
    static class Shelf<T> {

        @Paid("shelf")
        public String find(T key) {
            return String.valueOf(key);
        }

        class Box extends Shelf<T> {
            @Override
            public String find(T key) {
                return super.find(key);
            }
        }

        class Other extends Shelf<T> {
            public String find(String key, int number) {
                return key + number;
            }
        }

        /** Binds it to another than the one around it. */
        class OfString extends Shelf<String> {
            @Override
            public String find(String key) {
                return key;
            }
        }
    }

    static class Root<T> {
        @Paid("root")
        public String find(T key) {
            return String.valueOf(key);
        }
    }

    static class OfNumbers<N extends Number> extends Root<N> {}

    /** Of what it extends, all variables are erased. */
    @SuppressWarnings("rawtypes")
    static class Raw extends OfNumbers {
        @Override
        @SuppressWarnings("unchecked")
        public String find(Object key) {
            return super.find(key);
        }
    }

    static class Neither {
        public String silent() {
            return "";
        }
    }

    static class Both {
        @Paid("x")
        @Free
        public String silent() {
            return "";
        }
    }

    static Stream<Arguments> shapes() {
        return Stream.of(
                Arguments.of(OnClass.class, "silent", "@Paid(\"class\")"),
                Arguments.of(OnClass.class, "paid", "@Paid(\"method\")"),
                Arguments.of(OnClass.class, "free", "@Free"),
                Arguments.of(ProxyOfOnClass.class, "silent", "@Paid(\"class\")"),
                Arguments.of(ProxyOfOnClass.class, "paid", "@Paid(\"method\")"),
                Arguments.of(ProxyOfOnClass.class, "free", "@Free"),
                Arguments.of(InheritsAll.class, "silent", "@Paid(\"class\")"),
                Arguments.of(InheritsAll.class, "paid", "@Paid(\"method\")"),
                Arguments.of(FreeBelow.class, "silent", "@Free"),
                Arguments.of(FreeBelow.class, "paid", "@Paid(\"method\")"),
                Arguments.of(PaidBelow.class, "silent", "@Paid(\"below\")"),
                Arguments.of(PaidBelow.class, "free", "@Free"),
                Arguments.of(Implements.class, "silent", "@Paid(\"interface\")"),
                Arguments.of(Implements.class, "paid", "@Paid(\"interface-method\")"),
                Arguments.of(Implements.class, "free", "@Free"),
                Arguments.of(ImplementsPaid.class, "silent", "@Paid(\"implementation\")"),
                Arguments.of(ImplementsPaid.class, "paid", "@Paid(\"interface-method\")"),
                Arguments.of(Refines.class, "paid", "@Paid(\"refined\")"),
                Arguments.of(SameTwice.class, "silent", "@Paid(\"interface\")"),
                Arguments.of(OnInterface.class, "silent", "@Paid(\"interface\")"),
                Arguments.of(Longs.class, "put", "@Paid(\"store\")"),
                Arguments.of(InheritsStatic.class, "constant", "@Paid(\"static\")"),
                Arguments.of(AroundString.Inner.class, "find", "@Paid(\"around\")"),
                Arguments.of(AroundString.Deeper.class, "find", "@Paid(\"around\")"),
                Arguments.of(AroundString.Deeper.class, "put", "@Paid(\"also\")"),
                Arguments.of(Shelf.Box.class, "find", "@Paid(\"shelf\")"),
                Arguments.of(Shelf.Other.class, "find", "nothing"),
                Arguments.of(Shelf.OfString.class, "find", "@Paid(\"shelf\")"),
                Arguments.of(Raw.class, "find", "@Paid(\"root\")"),
                Arguments.of(Neither.class, "silent", "nothing"));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void theNearestAnnotationWins(Class<?> resource, String method, String said) {
        assertThat(ResourceTerms.of(resource, method(resource, method))).hasToString(said);
    }

    @Test
    void whatAGenericMethodSaysHoldsForTheOneThatOverridesItAndForNoOverload() throws NoSuchMethodException {
        Method bridge = Arrays.stream(OfString.class.getDeclaredMethods())
                .filter(Method::isBridge)
                .findFirst()
                .orElseThrow();
        assertThat(ResourceTerms.of(OfString.class, bridge).rule()).contains("generic");
        assertThat(ResourceTerms.of(OfString.class, OfString.class.getMethod("find", String.class))
                        .rule())
                .contains("generic");
        assertThat(ResourceTerms.of(OfString.class, Generic.class.getMethod("find", Object.class))
                        .rule())
                .contains("generic");
        assertThat(ResourceTerms.of(OfString.class, OfString.class.getMethod("find", Long.class)))
                .isEqualTo(Terms.FREE);
    }

    @ParameterizedTest
    @MethodSource("contradictions")
    void whatCannotBeFollowedIsAContradictionAndNotFree(Class<?> resource, String method) {
        Terms terms = ResourceTerms.of(resource, method(resource, method));
        assertThat(terms.kind()).isEqualTo(Terms.Kind.CONTRADICTORY);
        assertThat(terms.needsGate()).isTrue();
        assertThat(terms.rule()).isEmpty();
    }

    static Stream<Arguments> contradictions() {
        return Stream.of(
                Arguments.of(TwoMinds.class, "paid"),
                Arguments.of(TwoTypes.class, "silent"),
                Arguments.of(Both.class, "silent"));
    }

    @Test
    void aJavaProxyHasWhatItsInterfacesSay() {
        Object proxy = Proxy.newProxyInstance(
                OnInterface.class.getClassLoader(), new Class<?>[] {OnInterface.class}, (self, method, args) -> "");
        assertThat(ResourceTerms.of(proxy.getClass(), method(OnInterface.class, "paid"))
                        .rule())
                .contains("interface-method");
        assertThat(ResourceTerms.of(proxy.getClass(), method(OnInterface.class, "silent"))
                        .rule())
                .contains("interface");
    }

    @Test
    void aMethodOfAnotherClassThanTheResourceKeepsWhatItsOwnSays() {
        assertThat(ResourceTerms.of(Neither.class, method(OnClass.class, "paid"))
                        .rule())
                .contains("method");
    }

    @Test
    void aSubResourceOfWhichNothingIsSaidCostsWhatTheNearestClassSaysThatLedToIt() {
        MethodTerms terms = new MethodTerms(Neither.class, method(OnClass.class, "paid"), AnnotatedTypes.of(List.of()));
        List<Object> matched = List.of(new Neither(), new Neither(), new PaidBelow(), new OnClass());
        assertThat(terms.ofParents(matched).rule()).contains("below");
        assertThat(terms.ofParents(List.of(new Neither(), new FreeBelow(), new OnClass())))
                .isEqualTo(Terms.FREE);
        assertThat(terms.ofParents(List.of(new Neither(), OnClass.class)).rule())
                .contains("class");
        assertThat(terms.ofParents(List.of())).isEqualTo(Terms.SILENT);
    }

    private static Method method(Class<?> type, String name) {
        return Stream.concat(Arrays.stream(type.getDeclaredMethods()), Arrays.stream(type.getMethods()))
                .filter(method -> method.getName().equals(name) && !method.isBridge())
                .findFirst()
                .orElseThrow(() -> new AssertionError(name));
    }
}
