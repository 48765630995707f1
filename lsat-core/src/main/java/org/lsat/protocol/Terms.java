package org.lsat.protocol;

import org.jspecify.annotations.Nullable;

/**
 * What a token's caveats say about one product (a rule or a plan): until when it opens, how often, for which methods.
 * The first {@code services} and {@code <product>_valid_until} are the minted ones; what a holder adds may only narrow.
 * Immutable.
 *
 * <p>Which conditions mean something: {@code services}, {@code preimage}, and for a product {@code P} that the token
 * names, {@code P_valid_until}, {@code P_uses}, {@code P_capabilities}. Any other that begins with {@code P_} refuses the
 * token, since somebody meant to restrict it; every other one is skipped.
 */
public final class Terms {

    static final String PREIMAGE_IS = Caveat.PREIMAGE + "=";

    /** Whether the caveats can be read, and name the product. */
    public enum Standing {
        /** The token opens the product, within the bounds that the other methods tell. */
        OPENS,
        /** The token is for something else. */
        OTHER_PRODUCT,
        /** A caveat is malformed, widens an earlier one, restricts in an unknown way, or none names a product. */
        INVALID
    }

    /** No holder's limit. */
    private static final long UNLIMITED = Long.MAX_VALUE;

    private Standing standing = Standing.INVALID;
    private @Nullable String services;
    private @Nullable String mintedServices;
    private boolean servicesNameProduct = true;
    private long mintedUntil = -1;
    private long validUntil = -1;
    private long uses = UNLIMITED;
    private @Nullable String capabilities;

    private final String product;

    private Terms(String product) {
        this.product = product;
    }

    /** Reads the caveats of {@code credential}'s macaroon as far as they concern {@code product}. */
    public static Terms of(Credential credential, String product) {
        Terms terms = new Terms(product);
        terms.standing = terms.read(credential);
        return terms;
    }

    private Standing read(Credential credential) {
        Macaroon macaroon = credential.macaroon();
        for (int i = 0; i < macaroon.caveatCount(); i++) {
            if (macaroon.isThirdParty(i) || !accept(macaroon.caveatLatin1(i), credential.preimage())) {
                return Standing.INVALID;
            }
        }
        if (services == null) {
            return Standing.INVALID;
        }
        if (!servicesNameProduct) {
            return Standing.OTHER_PRODUCT;
        }
        // A pass is not counted, and a balance not by uses: the holder's limit could not be honoured.
        boolean usesNotCounted =
                uses != UNLIMITED && Identifier.at(macaroon).tokenId().uses() == 0;
        return mintedUntil < 0 || usesNotCounted ? Standing.INVALID : Standing.OPENS;
    }

    /** False where the caveat makes the token invalid. */
    private boolean accept(String caveat, Preimage preimage) {
        int equals = caveat.indexOf('=');
        int conditionEnd = equals < 0 ? caveat.length() : equals;
        if (is(caveat, conditionEnd, Caveat.SERVICES)) {
            return equals >= 0 && narrowServices(caveat.substring(equals + 1));
        }
        if (is(caveat, conditionEnd, Caveat.PREIMAGE)) {
            byte[] bytes = HexText.decode(caveat, conditionEnd + (equals < 0 ? 0 : 1), caveat.length());
            return bytes != null && bytes.length == Preimage.LENGTH && preimage.equals(Preimage.owning(bytes));
        }
        String named = namedProduct(caveat, conditionEnd);
        if (named == null) {
            return true;
        }
        return equals >= 0 && narrow(caveat, named, equals);
    }

    private boolean narrow(String caveat, String named, int equals) {
        int suffixFrom = named.length();
        boolean ours = named.equals(product);
        if (isSuffix(caveat, suffixFrom, equals, Caveat.VALID_UNTIL)) {
            return narrowUntil(number(caveat, equals + 1), ours);
        }
        if (isSuffix(caveat, suffixFrom, equals, Caveat.USES)) {
            return narrowUses(number(caveat, equals + 1), ours);
        }
        if (isSuffix(caveat, suffixFrom, equals, Caveat.CAPABILITIES)) {
            return !ours || narrowCapabilities(caveat.substring(equals + 1));
        }
        return false;
    }

    private boolean narrowServices(String value) {
        if (services != null && !isSubset(value, services, false)) {
            return false;
        }
        if (services == null) {
            mintedServices = value;
        }
        services = value;
        servicesNameProduct &= names(value, product);
        return true;
    }

    private boolean narrowUntil(long until, boolean ours) {
        if (!ours || until < 0) {
            return until >= 0;
        }
        if (mintedUntil < 0) {
            mintedUntil = until;
        } else if (until > validUntil) {
            return false;
        }
        validUntil = until;
        return true;
    }

    private boolean narrowUses(long limit, boolean ours) {
        if (!ours || limit < 0) {
            return limit >= 0;
        }
        if (limit > uses) {
            return false;
        }
        uses = limit;
        return true;
    }

    private boolean narrowCapabilities(String value) {
        if (capabilities != null && !isSubset(value, capabilities, true)) {
            return false;
        }
        capabilities = value;
        return true;
    }

    /** The product that the minted services name and whose {@code <product>_} the condition begins with. */
    private @Nullable String namedProduct(String caveat, int conditionEnd) {
        if (beginsWith(caveat, conditionEnd, product) && mintedServices != null && names(mintedServices, product)) {
            return product;
        }
        String list = mintedServices;
        for (int from = 0; list != null && from <= list.length(); ) {
            int to = entryEnd(list, from);
            int colon = list.indexOf(':', from);
            String name = list.substring(from, colon < 0 || colon > to ? to : colon);
            if (beginsWith(caveat, conditionEnd, name)) {
                return name;
            }
            from = to + 1;
        }
        return null;
    }

    private static boolean beginsWith(String caveat, int conditionEnd, String name) {
        return conditionEnd > name.length() && caveat.charAt(name.length()) == '_' && caveat.startsWith(name);
    }

    private static boolean is(String caveat, int conditionEnd, String condition) {
        return conditionEnd == condition.length() && caveat.startsWith(condition);
    }

    private static boolean isSuffix(String caveat, int from, int to, String suffix) {
        return to - from == suffix.length() && caveat.startsWith(suffix, from);
    }

    /** Whether a services list holds {@code <product>:0}. */
    private static boolean names(String list, String product) {
        for (int from = 0; from <= list.length(); ) {
            int to = entryEnd(list, from);
            if (to - from == product.length() + 2
                    && list.startsWith(product, from)
                    && list.charAt(to - 2) == ':'
                    && list.charAt(to - 1) == '0') {
                return true;
            }
            from = to + 1;
        }
        return false;
    }

    private static boolean isSubset(String list, String of, boolean methods) {
        for (int from = 0; from <= list.length() && !list.isEmpty(); ) {
            int to = entryEnd(list, from);
            if (!holds(of, list, from, to) && !(methods && isHead(list, from, to) && holds(of, "GET", 0, 3))) {
                return false;
            }
            from = to + 1;
        }
        return true;
    }

    private static boolean isHead(String list, int from, int to) {
        return to - from == 4 && list.startsWith("HEAD", from);
    }

    private static boolean holds(String list, String entry, int entryFrom, int entryTo) {
        for (int from = 0; from <= list.length(); ) {
            int to = entryEnd(list, from);
            if (to - from == entryTo - entryFrom && list.regionMatches(from, entry, entryFrom, to - from)) {
                return true;
            }
            from = to + 1;
        }
        return false;
    }

    private static int entryEnd(String list, int from) {
        int comma = list.indexOf(',', from);
        return comma < 0 ? list.length() : comma;
    }

    /** Decimal digits, no sign, no leading zero, at most 18 of them; else -1. */
    private static long number(String text, int from) {
        int digits = text.length() - from;
        if (digits < 1 || digits > 18 || (digits > 1 && text.charAt(from) == '0')) {
            return -1;
        }
        long value = 0;
        for (int i = from; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /** Whether the token opens the product at all. The other answers hold only where it does. */
    public Standing standing() {
        return standing;
    }

    /** The end that was minted, unix seconds: as long must a spent payment be remembered. */
    public long mintedUntil() {
        return mintedUntil;
    }

    /** The end of this copy, unix seconds: it opens before this second, not in it. */
    public long validUntil() {
        return validUntil;
    }

    /** How often the payment may have been used in all for this copy to open: the smaller of bought and narrowed. */
    public long limit(long bought) {
        return Math.min(bought, uses);
    }

    /** Whether {@code method} is among the copy's capabilities, if it has any. GET covers HEAD. */
    public boolean allows(String method) {
        String list = capabilities;
        return list == null
                || holds(list, method, 0, method.length())
                || (method.equals("HEAD") && holds(list, "GET", 0, 3));
    }
}
