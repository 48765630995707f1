package org.lsat.protocol;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All the credentials of a request, in the order in which they are to be tried.
 *
 * <p>{@code Authorization: <scheme> <macaroon>[,<macaroon>]:<preimage>} with scheme {@code L402} or {@code LSAT} in any
 * case, several field lines, and several values joined by commas in one line ({@code fetch} joins them; aperture's client
 * sends two); or a hex macaroon with a {@code preimage=} caveat in {@code Macaroon} or {@code Grpc-Metadata-Macaroon}.
 * Other schemes belong to the application.
 *
 * @param candidates well-formed ones, at most {@value #MAX_VALUES} values of at most {@value #MAX_MACAROONS} macaroons
 * @param malformed whether there was something under our scheme that could not be read, or was over a cap
 */
public record Credentials(List<Credential> candidates, boolean malformed) {

    /** No value of ours at all. */
    public static final Credentials NONE = new Credentials(List.of(), false);

    static final int MAX_FIELD = 8192;
    static final int MAX_MACAROON = 4096;
    static final int MAX_MACAROONS = 2;
    static final int MAX_CAVEATS = 64;
    static final int MAX_CAVEAT = 1024;
    static final int MAX_VALUES = 8;

    /** Copies the list. */
    public Credentials {
        candidates = List.copyOf(candidates);
    }

    /** Reads the values of {@code Authorization} and those of the two macaroon fields. Never throws. */
    public static Credentials read(List<String> authorization, List<String> macaroonFields) {
        if (authorization.isEmpty() && macaroonFields.isEmpty()) {
            return NONE;
        }
        Reader reader = new Reader();
        for (int i = 0; i < authorization.size(); i++) {
            reader.authorization(authorization.get(i));
        }
        for (int i = 0; i < macaroonFields.size(); i++) {
            reader.macaroonField(macaroonFields.get(i));
        }
        return reader.values == 0 && !reader.malformed ? NONE : new Credentials(reader.candidates, reader.malformed);
    }

    /** Whether the client presented nothing under our schemes. */
    public boolean isEmpty() {
        return candidates.isEmpty() && !malformed;
    }

    /** Walks over the fields once; holds what was found so far. */
    private static final class Reader {

        private List<Credential> candidates = List.of();
        private boolean malformed;
        private int values;

        /** Whether a value of ours has begun in this field and its preimage has not come yet; and what it has so far. */
        private boolean open;

        private int macaroons;
        private @Nullable Macaroon first;
        private @Nullable Macaroon second;

        void authorization(String field) {
            if (field.length() > MAX_FIELD) {
                // Only a field of ours may spoil the answer's reason; somebody's long Bearer token is their affair.
                malformed |= schemeEnd(field, 0, field.length()) >= 0;
                return;
            }
            open = false;
            for (int from = 0; from <= field.length(); ) {
                int comma = field.indexOf(',', from);
                int to = comma < 0 ? field.length() : comma;
                piece(field, skipSpace(field, from, to), to);
                from = to + 1;
            }
            malformed |= open;
        }

        /** What stands between two commas: the start of a value, of ours or not, or a further macaroon of ours. */
        private void piece(String field, int from, int untrimmedTo) {
            int to = trimEnd(field, from, untrimmedTo);
            int afterScheme = schemeEnd(field, from, to);
            if (afterScheme >= 0) {
                malformed |= open;
                open = values++ < MAX_VALUES;
                malformed |= !open;
                macaroons = 0;
                first = null;
                second = null;
                if (open) {
                    part(field, afterScheme, to);
                }
            } else if (open) {
                part(field, from, to);
            }
        }

        /** {@code <macaroon>} or {@code <macaroon>:<preimage>}. */
        private void part(String field, int from, int to) {
            int colon = field.indexOf(':', from);
            boolean last = colon >= 0 && colon < to;
            Macaroon macaroon = macaroon(field, from, last ? colon : to);
            if (macaroon == null || ++macaroons > MAX_MACAROONS) {
                open = false;
                malformed = true;
                return;
            }
            if (first == null) {
                first = macaroon;
            } else {
                second = macaroon;
            }
            if (last) {
                open = false;
                Preimage preimage = preimage(field, colon + 1, to);
                if (preimage == null || !sameInvoice()) {
                    malformed = true;
                } else {
                    complete(preimage);
                }
            }
        }

        private boolean sameInvoice() {
            Macaroon other = second;
            return first != null
                    && (other == null
                            || (Identifier.isL402(first)
                                    && Identifier.isL402(other)
                                    && Identifier.at(first)
                                            .paymentHash()
                                            .equals(Identifier.at(other).paymentHash())));
        }

        private void complete(Preimage preimage) {
            if (first != null) {
                add(new Credential(first, preimage));
            }
            if (second != null) {
                add(new Credential(second, preimage));
            }
        }

        private void add(Credential credential) {
            if (candidates.isEmpty()) {
                candidates = List.of(credential);
                return;
            }
            if (candidates.size() == 1) {
                candidates = new ArrayList<>(candidates);
            }
            candidates.add(credential);
        }

        void macaroonField(String field) {
            int from = skipSpace(field, 0, field.length());
            int to = trimEnd(field, from, field.length());
            if (values++ >= MAX_VALUES || to - from > 2 * MAX_MACAROON) {
                malformed = true;
                return;
            }
            byte[] bytes = HexText.decode(field, from, to);
            Macaroon macaroon = bytes == null ? null : capped(bytes);
            Preimage preimage = macaroon == null ? null : preimageCaveat(macaroon);
            if (macaroon == null || preimage == null) {
                malformed = true;
            } else {
                add(new Credential(macaroon, preimage));
            }
        }
    }

    /**
     * Where the token starts after {@code L402 } or {@code LSAT } in any case, or -1; a scheme of ours without a token
     * counts as one with an empty token.
     */
    private static int schemeEnd(String field, int from, int to) {
        if (to - from < 4 || !(isScheme(field, from, "l402") || isScheme(field, from, "lsat"))) {
            return -1;
        }
        int at = from + 4;
        if (at == to) {
            return at;
        }
        return field.charAt(at) == ' ' || field.charAt(at) == '\t' ? skipSpace(field, at, to) : -1;
    }

    /** ASCII case only: {@code regionMatches(true, …)} also takes U+017F, the long s, for an s. */
    private static boolean isScheme(String field, int from, String lowerCase) {
        for (int i = 0; i < lowerCase.length(); i++) {
            char c = field.charAt(from + i);
            if ((c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c) != lowerCase.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable Macaroon macaroon(String field, int from, int to) {
        if (Base64Text.maxDecodedLength(to - from) > MAX_MACAROON + 3) {
            return null;
        }
        byte[] bytes = Base64Text.decode(field, from, to);
        return bytes == null ? null : capped(bytes);
    }

    private static @Nullable Macaroon capped(byte[] bytes) {
        Macaroon macaroon = bytes.length > MAX_MACAROON ? null : MacaroonCodec.decode(bytes);
        return macaroon == null || macaroon.caveatCount() > MAX_CAVEATS || macaroon.longestCaveat() > MAX_CAVEAT
                ? null
                : macaroon;
    }

    private static @Nullable Preimage preimage(String field, int from, int to) {
        byte[] bytes = to - from == 2 * Preimage.LENGTH ? HexText.decode(field, from, to) : null;
        return bytes == null ? null : Preimage.owning(bytes);
    }

    private static @Nullable Preimage preimageCaveat(Macaroon macaroon) {
        for (int i = 0; i < macaroon.caveatCount(); i++) {
            String text = macaroon.caveatLatin1(i);
            if (text.startsWith(Terms.PREIMAGE_IS)) {
                return preimage(text, Terms.PREIMAGE_IS.length(), text.length());
            }
        }
        return null;
    }

    private static int skipSpace(String field, int from, int to) {
        int at = from;
        while (at < to && (field.charAt(at) == ' ' || field.charAt(at) == '\t')) {
            at++;
        }
        return at;
    }

    private static int trimEnd(String field, int from, int to) {
        int end = to;
        while (end > from && (field.charAt(end - 1) == ' ' || field.charAt(end - 1) == '\t')) {
            end--;
        }
        return end;
    }
}
