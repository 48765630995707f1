package org.lsat.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.PathSegment;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
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

    static class SubResource {}

    private final List<Response> aborted = new ArrayList<>();

    @Test
    void aPricedResourceIsRefusedWhereTheServletFilterDidNotRun() {
        new MatchedFilter(Terms.paid("rule"), "A.b").filter(request(null));
        assertRefused("misconfigured");
    }

    @Test
    void anObjectThatIsNoGateOpensNothing() {
        new MatchedFilter(Terms.paid("rule"), "A.b").filter(request("org.lsat.servlet.MatchedGate"));
        assertRefused("misconfigured");
    }

    @Test
    void soIsOneWhoseAnnotationsContradictEachOther() {
        new MatchedFilter(Terms.contradictory("two minds"), "A.b").filter(request(null));
        assertRefused("misconfigured");
    }

    @Test
    void soIsASubResourceBelowAPricedClass() {
        new MatchedFilter(Terms.SILENT, "A.b").filter(request(null, new SubResource(), new Parent()));
        assertRefused("misconfigured");
    }

    @Test
    void whatIsFreeGoesOn() {
        new MatchedFilter(Terms.FREE, "A.b").filter(request(null, new SubResource(), new Parent()));
        new MatchedFilter(Terms.SILENT, "A.b").filter(request(null, new SubResource()));
        assertThat(aborted).isEmpty();
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

    private ContainerRequestContext request(@Nullable Object gate, Object... matched) {
        return Fake.of(ContainerRequestContext.class, (method, arguments) -> switch (method) {
            case "getProperty" -> MatchedGate.ATTRIBUTE.equals(arguments.get(0)) ? gate : null;
            case "getUriInfo" -> uri(matched);
            case "getMethod" -> "GET";
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
