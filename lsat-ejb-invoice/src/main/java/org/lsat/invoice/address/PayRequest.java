package org.lsat.invoice.address;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.lsat.invoice.json.JsonMembers;

/**
 * What a provider says of an address (LUD-06, step 3).
 *
 * @param callback where invoices are made
 * @param minMsat the least that it takes, 1 or more
 * @param maxMsat the most
 * @param descriptionHash 64 hex digits that its invoices carry: SHA-256 of the metadata
 * @param commentAllowed how many characters may be said about a payment (LUD-12), 0 for none
 */
record PayRequest(URI callback, long minMsat, long maxMsat, String descriptionHash, long commentAllowed) {

    /**
     * Reads an answer.
     *
     * @throws AddressException if it is none such
     */
    static PayRequest of(JsonMembers answer, String host) throws AddressException {
        String wrong = host + " does not say how lsat.lightning-address is paid (LUD-06): ";
        if (!answer.text("tag").orElse("").equals("payRequest")) {
            throw AddressException.lasting(wrong + "its tag is not payRequest");
        }
        URI callback = Targets.parse(answer.text("callback").orElse(""))
                .orElseThrow(() -> AddressException.lasting(wrong + "its callback is no https: address"));
        String metadata =
                answer.text("metadata").orElseThrow(() -> AddressException.lasting(wrong + "it has no metadata"));
        long minMsat = answer.number("minSendable").orElse(0);
        long maxMsat = answer.number("maxSendable").orElse(0);
        if (minMsat < 1 || maxMsat < minMsat) {
            throw AddressException.lasting(wrong + "minSendable and maxSendable are no range");
        }
        return new PayRequest(
                callback,
                minMsat,
                maxMsat,
                sha256(metadata),
                answer.number("commentAllowed").orElse(0));
    }

    private static String sha256(String metadata) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(metadata.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has it", e);
        }
    }

    /** Where an invoice over so much is made (LUD-06, step 4); {@code memo} is said to the provider as far as it takes it. */
    URI invoice(long amountMsat, String memo) {
        String whole = callback.toString();
        StringBuilder uri = new StringBuilder(whole)
                .append(callback.getRawQuery() == null ? '?' : '&')
                .append("amount=")
                .append(amountMsat);
        int characters = memo.codePointCount(0, memo.length());
        if (commentAllowed > 0 && characters > 0) {
            String comment = memo.substring(0, memo.offsetByCodePoints(0, (int) Math.min(commentAllowed, characters)));
            uri.append("&comment=")
                    .append(URLEncoder.encode(comment, StandardCharsets.UTF_8).replace("+", "%20"));
        }
        return URI.create(uri.toString());
    }
}
