package org.lsat;

import java.util.Locale;
import org.lsat.protocol.Bech32;
import org.lsat.testkit.Mutations;

/** Invoices that are damaged behind a checksum that holds, so that the fields themselves are what is read. */
final class Rebuilt {

    private static final String ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private static final int CHECKSUM = 6;

    private Rebuilt() {}

    static String damaged(String invoice, Mutations mutations) {
        String lower = invoice.toLowerCase(Locale.ROOT);
        int separator = lower.lastIndexOf('1');
        byte[] words = new byte[lower.length() - separator - 1 - CHECKSUM];
        for (int i = 0; i < words.length; i++) {
            words[i] = (byte) ALPHABET.indexOf(lower.charAt(separator + 1 + i));
        }
        byte[] mutant = mutations.of(words);
        for (int i = 0; i < mutant.length; i++) {
            mutant[i] &= 31;
        }
        return new Bech32(lower.substring(0, separator), new Bech32.Words(mutant)).encode();
    }
}
