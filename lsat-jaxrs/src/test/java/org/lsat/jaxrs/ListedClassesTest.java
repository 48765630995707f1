package org.lsat.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.Application;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an application lists is served; what it does not list stops no deployment. */
class ListedClassesTest {

    static class Base {}

    static class Listed extends Base {}

    static class Single {}

    static class Unlisted {}

    static class Listing extends Application {
        @Override
        public Set<Class<?>> getClasses() {
            return Set.of(Listed.class);
        }

        @Override
        @SuppressWarnings("deprecation") // as long as servers take it
        public Set<Object> getSingletons() {
            return Set.of(new Single());
        }
    }

    static class Empty extends Application {}

    static class NeedsSomething extends Application {
        NeedsSomething(String something) {
            throw new AssertionError(something);
        }
    }

    static class Failing extends Application {
        @Override
        public Set<Class<?>> getClasses() {
            throw new IllegalStateException("nothing was injected");
        }
    }

    @Test
    void itHasTheClassesThatItListsAndWhatTheyInheritFrom() {
        ListedClasses listed = listed(Listing.class.getName());
        assertThat(listed.has(Listed.class)).isTrue();
        assertThat(listed.has(Base.class)).isTrue();
        assertThat(listed.has(Single.class)).isTrue();
        assertThat(listed.has(Unlisted.class)).isFalse();
    }

    @Test
    void oneThatListsNoneHasAll() {
        assertThat(listed(Empty.class.getName()).has(Unlisted.class)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(classes = {NeedsSomething.class, Failing.class, Unlisted.class})
    void ofOneThatDoesNotAnswerNothingIsKnown(Class<?> application) {
        assertThat(ListedClasses.of(application.getName(), ListedClassesTest.class.getClassLoader()))
                .isEmpty();
    }

    private static ListedClasses listed(String application) {
        return ListedClasses.of(application, ListedClassesTest.class.getClassLoader())
                .orElseThrow();
    }
}
