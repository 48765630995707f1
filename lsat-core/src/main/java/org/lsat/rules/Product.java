package org.lsat.rules;

import java.util.Optional;

/** What is sold under a name: a rule, which opens itself, or a named plan, which opens several. Their names differ. */
public sealed interface Product permits Rule, NamedPlan {

    /** Signed into the tokens that are sold under it. */
    String name();

    /** What one payment buys. */
    Plan plan();

    /** For people; may be empty. */
    String description();

    /** How fast one payment may be used; empty for no limit. */
    Optional<Rate> rate();
}
