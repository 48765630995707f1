package org.lsat.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.PathSegment;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.lsat.servlet.MatchedGate;

/** What happens to a request whose gate is not there; with one, the integration tests tell. */
class MatchedFilterTest {

    @Paid("parent")
    static class Parent {}

    /** As Jakarta REST knows it: RESTEasy takes the class for the resource's on which the standard's annotations stand. */
    interface Contract {
        @GET
        String get();
    }

    static class SubResource implements Contract {
        @Override
        public String get() {
            return "";
        }
    }

    static class PaidImplementation implements Contract {
        @Override
        @Paid("rule")
        public String get() {
            return "";
        }
    }

    @Paid("rule")
    interface PaidContract extends Contract {
        @Override
        String get();
    }

    static class FreeImplementation implements PaidContract {
        @Override
        @Free
        public String get() {
            return "";
        }
    }

    interface Leading {
        @Paid("rule")
        SubResource further();
    }

    static class Locating implements Leading {
        @Override
        @Path("further")
        public SubResource further() {
            return new SubResource();
        }
    }

    @Free
    interface FreeContract extends Contract {}

    interface Minds extends FreeContract, PaidContract {}

    private final List<Response> aborted = new ArrayList<>();

    @Test
    void aPricedResourceIsRefusedWhereTheServletFilterDidNotRun() {
        filter(PaidContract.class).filter(request("GET", null));
        assertRefused("misconfigured");
    }

    @Test
    void inADryRunItIsServed() {
        filter(PaidContract.class, false).filter(request("GET", null));
        filter(Minds.class, false).filter(request("GET", null));
        assertThat(aborted).isEmpty();
    }

    @Test
    void anObjectThatIsNoGateOpensNothing() {
        filter(PaidContract.class).filter(request("GET", "org.lsat.servlet.MatchedGate"));
        assertRefused("misconfigured");
    }

    @Test
    void soIsOneWhoseAnnotationsContradictEachOther() {
        filter(Minds.class).filter(request("GET", null));
        assertRefused("misconfigured");
    }

    @Test
    void soIsASubResourceBelowAPricedClass() {
        filter(Contract.class).filter(request("GET", null, new SubResource(), new Parent()));
        assertRefused("misconfigured");
    }

    @Test
    void whatIsFreeGoesOn() {
        filter(FreeContract.class).filter(request("GET", null, new SubResource(), new Parent()));
        filter(Contract.class).filter(request("GET", null, new SubResource()));
        assertThat(aborted).isEmpty();
    }

    @Test
    void soDoesWhatOnlyTellsTheMethodsOfAPricedClass() {
        MatchedFilter generated = new MatchedFilter(
                new MethodTerms(Contract.class, method(Contract.class), AnnotatedTypes.of(List.of())),
                true,
                "A.b",
                () -> true);
        generated.filter(request("OPTIONS", null, new Parent()));
        assertThat(aborted).isEmpty();
        generated.filter(request("GET", null, new Parent()));
        assertRefused("misconfigured");
    }

    @Test
    void whatStandsOnTheImplementationCountsWhereTheStandardsAnnotationsStandOnAnInterface() {
        filter(Contract.class).filter(request("GET", null, new PaidImplementation()));
        assertRefused("misconfigured");
        aborted.clear();
        filter(PaidContract.class).filter(request("GET", null, new FreeImplementation()));
        assertThat(aborted).isEmpty();
    }

    @Test
    void aLocatorWhoseInterfaceIsAnnotatedLeadsNowhere() {
        filter(Contract.class).filter(request("GET", null, new SubResource(), new Locating()));
        assertRefused("misconfigured");
        aborted.clear();
        filter(Contract.class).filter(request("GET", null, new Locating()));
        assertThat(aborted).isEmpty();
    }

    private static MatchedFilter filter(Class<?> type) {
        return filter(type, true);
    }

    private static MatchedFilter filter(Class<?> type, boolean enforced) {
        MethodTerms terms = new MethodTerms(type, method(type), AnnotatedTypes.of(List.of()));
        return new MatchedFilter(terms, false, "A.b", () -> enforced);
    }

    private static Method method(Class<?> type) {
        try {
            return type.getMethod("get");
        } catch (NoSuchMethodException e) {
            throw new AssertionError(e);
        }
    }

    private void assertRefused(String reason) {
        assertThat(aborted).hasSize(1);
        Response response = aborted.get(0);
        assertThat(response.getStatus()).isEqualTo(503);
        assertThat(response.getHeaderString("Content-Type")).startsWith("application/problem+json");
        assertThat(response.getHeaderString("Retry-After")).isNotEmpty();
        assertThat(new String((byte[]) response.getEntity(), StandardCharsets.UTF_8))
                .contains("\"reason\":\"" + reason + "\"");
    }

    private ContainerRequestContext request(String httpMethod, @Nullable Object gate, Object... matched) {
        return Fake.of(ContainerRequestContext.class, (method, arguments) -> switch (method) {
            case "getProperty" -> MatchedGate.ATTRIBUTE.equals(arguments.get(0)) ? gate : null;
            case "getUriInfo" -> uri(matched);
            case "getMethod" -> httpMethod;
            case "abortWith" -> {
                aborted.add((Response) arguments.get(0));
                yield null;
            }
            default -> throw Fake.unexpected(method);
        });
    }

    private static UriInfo uri(Object... matched) {
        return Fake.of(UriInfo.class, (method, arguments) -> switch (method) {
            case "getMatchedResources" -> Arrays.asList(matched);
            case "getBaseUri" -> URI.create("http://127.0.0.1/shop/api/");
            case "getPathSegments" -> List.<PathSegment>of();
            default -> throw Fake.unexpected(method);
        });
    }
}
