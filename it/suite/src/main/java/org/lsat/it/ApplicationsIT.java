package org.lsat.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lsat.it.RawHttp.Answer;
import org.lsat.it.rest.ConflictingResource;
import org.lsat.it.rest.EmptyApplication;
import org.lsat.it.rest.ExplicitApplication;
import org.lsat.it.rest.UnloadedApplication;

/** Applications that tell Jakarta REST what to load. */
@ExtendWith(ArquillianExtension.class)
@NullUnmarked
class ApplicationsIT {

    @ArquillianResource
    private Deployer deployer;

    @Deployment(name = "explicit-resteasy", managed = false, testable = false)
    public static WebArchive explicitResteasy() {
        return RestWar.withApplication("explicit-resteasy.war", ExplicitApplication.class, RestWar.Libraries.RESTEASY);
    }

    @Deployment(name = "explicit-jersey", managed = false, testable = false)
    public static WebArchive explicitJersey() {
        return RestWar.withApplication("explicit-jersey.war", ExplicitApplication.class, RestWar.Libraries.JERSEY);
    }

    @Deployment(name = "unloaded-resteasy", managed = false, testable = false)
    public static WebArchive unloadedResteasy() {
        return RestWar.withApplication("unloaded-resteasy.war", UnloadedApplication.class, RestWar.Libraries.RESTEASY);
    }

    @Deployment(name = "unloaded-jersey", managed = false, testable = false)
    public static WebArchive unloadedJersey() {
        return RestWar.withApplication("unloaded-jersey.war", UnloadedApplication.class, RestWar.Libraries.JERSEY);
    }

    @Deployment(name = "conflict-resteasy", managed = false, testable = false)
    public static WebArchive conflictResteasy() {
        return conflict("conflict-resteasy.war", RestWar.Libraries.RESTEASY);
    }

    @Deployment(name = "conflict-jersey", managed = false, testable = false)
    public static WebArchive conflictJersey() {
        return conflict("conflict-jersey.war", RestWar.Libraries.JERSEY);
    }

    private static WebArchive conflict(String name, RestWar.Libraries libraries) {
        return RestWar.withApplication(name, EmptyApplication.class, libraries).addClass(ConflictingResource.class);
    }

    @ParameterizedTest
    @EnumSource
    void aResourceOfTwoPricesStopsTheDeployment(RestWar.Libraries libraries) throws IOException {
        if (libraries.files().isEmpty() && libraries != RestWar.Libraries.RESTEASY) {
            return;
        }
        String name = libraries == RestWar.Libraries.RESTEASY ? "conflict-resteasy" : "conflict-jersey";
        if (Server.KIND == Server.LIBERTY) {
            // It is only the filter that hears of it there.
            deployer.deploy(name);
            assertThat(Shop.at("/" + name).get("/api/paths/conflict").status()).isEqualTo(503);
            deployer.undeploy(name);
        } else {
            assertThatThrownBy(() -> deployer.deploy(name)).isInstanceOf(Exception.class);
            assertThat(Shop.at("/" + name).get("/api/paths/conflict").status()).isEqualTo(404);
        }
        ServerLog.awaitAll(
                "GET /api/paths/conflict (org.lsat.it.rest.ConflictingResource.conflict) is annotated with rule"
                        + " method, and lies under the path of rule paths; give both one name");
    }

    @Deployment(name = "two-resteasy", managed = false, testable = false)
    public static WebArchive twoResteasy() {
        return RestWar.withTwoApplications("two-resteasy.war", RestWar.Libraries.RESTEASY);
    }

    @Deployment(name = "two-jersey", managed = false, testable = false)
    public static WebArchive twoJersey() {
        return RestWar.withTwoApplications("two-jersey.war", RestWar.Libraries.JERSEY);
    }

    @ParameterizedTest
    @EnumSource
    void resourcesThatAnApplicationListsCostWhatTheyCost(RestWar.Libraries libraries) throws IOException {
        with("explicit", libraries, shop -> {
            for (String path :
                    new String[] {"/api/class", "/api/method/paid", "/api/interface/paid", "/api/implemented/paid"}) {
                Answer unpaid = shop.get(path);
                assertThat(unpaid.status()).as(unpaid::toString).isEqualTo(402);
                assertThat(unpaid.all("WWW-Authenticate")).hasSize(2);
                assertThat(shop.get(path, shop.pay(unpaid).header()).body()).contains("PAID-CONTENT");
            }
            assertThat(shop.get("/api/class/free").body()).isEqualTo("free\n");
            assertThat(shop.get("/api/implemented/free").body()).isEqualTo("free\n");
            assertThat(shop.get("/api/parent/priced").status()).isEqualTo(404);
        });
    }

    @ParameterizedTest
    @EnumSource
    void whereTheGateIsNotLoadedNothingIsGivenAway(RestWar.Libraries libraries) throws IOException {
        with("unloaded", libraries, shop -> {
            for (String path : new String[] {"/api/class", "/api/class/other"}) {
                Answer answer = shop.get(path);
                assertThat(answer.body()).doesNotContain("PAID-CONTENT");
                assertThat(answer.status()).as(answer::toString).isIn(402, 503);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void aGateThatIsLoadedInOneApplicationGivesNothingAwayInAnother(RestWar.Libraries libraries) throws IOException {
        with("two", libraries, shop -> {
            assertThat(shop.get("/unloaded/class").status()).isEqualTo(503);
            assertThat(shop.get("/api/none").status()).isEqualTo(404);
            assertThat(shop.get("/api/class").status()).isEqualTo(402);
            assertThat(shop.get("/api/class/free").body()).isEqualTo("free\n");
            Answer answer = shop.get("/unloaded/class");
            assertThat(answer.body()).doesNotContain("PAID-CONTENT");
            assertThat(answer.status()).as(answer::toString).isEqualTo(503);
        });
    }

    /** What to do with an application. */
    private interface Visit {
        void to(Shop shop) throws IOException;
    }

    /** Where the server has its own implementation, one round is enough. */
    private void with(String application, RestWar.Libraries libraries, Visit visit) throws IOException {
        if (libraries.files().isEmpty() && libraries != RestWar.Libraries.RESTEASY) {
            return;
        }
        String name = application + (libraries == RestWar.Libraries.RESTEASY ? "-resteasy" : "-jersey");
        deployer.deploy(name);
        try {
            visit.to(Shop.at("/" + name));
        } finally {
            deployer.undeploy(name);
        }
    }
}
