package org.lsat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.lsat.ledger.LedgerUnavailableException;

@DisplayName("A rule with a price")
final class AllowancesTest {

    private final Scene scene =
            new Scene(Map.of("lsat.rules.one.free", "3/PT1H", "lsat.rules.pass.free-for-roles", "staff, admin"));

    private RequestFacts from(String address, String path, List<String> authorization, Set<String> roles) {
        return new RequestFacts(
                "GET",
                path,
                path,
                "",
                authorization,
                List.of(),
                null,
                null,
                null,
                address,
                false,
                null,
                roles,
                scene.clock.instant());
    }

    private Decision from(String address) {
        return scene.decide(from(address, "/one/x", List.of(), Set.of()));
    }

    private void usedUp(String address) {
        for (long left = 2; left >= 0; left--) {
            String remaining = String.valueOf(left);
            assertThat(from(address)).isInstanceOfSatisfying(Decision.Waived.class, free -> {
                assertThat(free.waiver()).isEqualTo(Waiver.QUOTA);
                assertThat(free.paidAccess()).isEmpty();
                assertThat(free.headers())
                        .contains(new Header("L402-Free-Left", remaining), new Header("Cache-Control", "private"));
            });
        }
        assertThat(from(address)).isInstanceOf(Decision.PaymentNeeded.class);
    }

    @Test
    @DisplayName("gives each client network its free requests, and then asks to be paid")
    void eachNetworkHasItsFreeRequests() {
        usedUp("192.0.2.7");
        assertThat(from("192.0.2.200")).as("the same network").isInstanceOf(Decision.PaymentNeeded.class);
        usedUp("198.51.100.1");
        scene.clock.advance(Duration.ofMinutes(20));
        assertThat(from("192.0.2.7")).isInstanceOf(Decision.Waived.class);
        assertThat(from("192.0.2.7")).isInstanceOf(Decision.PaymentNeeded.class);
    }

    @Test
    @DisplayName("takes no free request for what was not answered well")
    void notAnsweredWell() throws LedgerUnavailableException {
        for (int i = 0; i < 10; i++) {
            ((Decision.Waived) from("192.0.2.7")).settlement().answered(404);
        }
        usedUp("192.0.2.7");
    }

    @Test
    @DisplayName("judges a token first, and takes a free request only where it does not open")
    void aTokenComesFirst() throws LedgerUnavailableException {
        String token = bought("203.0.113.9");
        assertThat(scene.decide(from("192.0.2.7", "/one/x", List.of(token), Set.of())))
                .isInstanceOfSatisfying(Decision.Paid.class, paid -> settled(paid));
        usedUp("192.0.2.7");
        assertThat(scene.decide(from("198.51.100.1", "/one/x", List.of(token), Set.of())))
                .as("a used token, from a network that has free requests")
                .isInstanceOf(Decision.Waived.class);
    }

    private static void settled(Decision.Opened opened) {
        try {
            opened.settlement().answered(200);
        } catch (LedgerUnavailableException e) {
            throw new AssertionError(e);
        }
    }

    private String bought(String address) {
        usedUp(address);
        return scene.buy(from(address, "/one/x", List.of(), Set.of())).header();
    }

    @Test
    @DisplayName("remembers as many networks as there is room for, and forgets the oldest")
    void manyNetworks() {
        usedUp("192.0.2.7");
        for (int i = 0; i < 120_000; i++) {
            String network = (20 + (i >> 16)) + "." + (i >> 8 & 0xff) + "." + (i & 0xff);
            assertThat(from(network + ".1")).as(network).isInstanceOf(Decision.Waived.class);
        }
        assertThat(from("192.0.2.7")).as("the first one is forgotten").isInstanceOf(Decision.Waived.class);
    }

    @Test
    @DisplayName("asks nothing of users in its free roles, and of others what it costs")
    void freeForRoles() {
        assertThat(scene.paywall.roles()).containsExactlyInAnyOrder("staff", "admin");
        assertThat(scene.decide(from("192.0.2.7", "/pass/x", List.of(), Set.of("staff"))))
                .isInstanceOfSatisfying(
                        Decision.Waived.class, free -> assertThat(free.waiver()).isEqualTo(Waiver.ROLE));
        assertThat(scene.decide(from("192.0.2.7", "/pass/x", List.of(), Set.of("guest"))))
                .isInstanceOf(Decision.PaymentNeeded.class);
        assertThat(scene.decide(from("192.0.2.7", "/bundle", List.of(), Set.of("staff"))))
                .as("another rule")
                .isInstanceOf(Decision.PaymentNeeded.class);
    }
}
