package org.lsat;

import java.util.List;
import java.util.Optional;
import org.lsat.rules.Allowance;
import org.lsat.rules.Rate;
import org.lsat.rules.Rule;

/** Lets requests through that a rule does not ask to pay: those of its roles, and the first ones of each client network. Thread-safe. */
final class Allowances {

    private static final String LEFT = "L402-Free-Left";

    private final Buckets<Key> buckets = new Buckets<>();

    /** Whose free requests of which rule are counted. */
    record Key(String rule, long network) {}

    /** By its user, whatever tokens come with it. */
    Optional<Decision.Waived> byRole(RequestFacts request, Rule rule) {
        for (String role : rule.allowance().roles()) {
            if (request.roles().contains(role)) {
                return Optional.of(new Decision.Waived(
                        request, rule, Waiver.ROLE, Settlement.OfPass.INSTANCE, List.of(Answers.PRIVATE)));
            }
        }
        return Optional.empty();
    }

    /** Where it would have to be paid for. */
    Optional<Decision.Waived> byQuota(RequestFacts request, Rule rule) {
        Allowance allowance = rule.allowance();
        if (allowance.quota().isEmpty()) {
            return Optional.empty();
        }
        Rate quota = allowance.quota().get();
        Key key = new Key(rule.name(), ClientNetwork.of(request.clientAddress()));
        long now = request.time().toEpochMilli();
        if (!buckets.take(key, quota, now).isZero()) {
            return Optional.empty();
        }
        Header left = new Header(LEFT, Long.toString(buckets.left(key, quota, now)));
        // A cache would give the free answer to those who have none left.
        return Optional.of(new Decision.Waived(
                request,
                rule,
                Waiver.QUOTA,
                new FreeUse(buckets, key, quota),
                List.of(left, Answers.PRIVATE, Answers.VARY_BY_TOKEN)));
    }
}
