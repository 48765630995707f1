package org.lsat.testkit;

import java.util.Arrays;
import java.util.Random;

/** Damages texts and bytes in the ways in which parsers are fooled; the same seed does the same. */
public final class Mutations {

    private static final String HOSTILE =
            "\0\t\r\n \"'#%&*+,-./0129:;<=>?@AZ[\\]^_`az{|}~\u0080\u00ff\u017f\u0663\u2028\u212a\ud83d\uff0c";

    private final Random random;

    public Mutations(long seed) {
        this.random = new Random(seed);
    }

    /** One to three changes: a character replaced, put in, taken out, a part doubled, the end cut off, case turned. */
    public String of(String text) {
        String mutant = text;
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            mutant = once(mutant);
        }
        return mutant;
    }

    private String once(String text) {
        int at = random.nextInt(text.length() + 1);
        int to = at + random.nextInt(text.length() + 1 - at);
        String head = text.substring(0, at);
        String tail = text.substring(at);
        char hostile = HOSTILE.charAt(random.nextInt(HOSTILE.length()));
        return switch (random.nextInt(6)) {
            case 0 -> tail.isEmpty() ? head : head + hostile + tail.substring(1);
            case 1 -> head + hostile + tail;
            case 2 -> head + text.substring(to);
            case 3 -> head + text.substring(at, to) + tail;
            case 4 -> head;
            default -> tail.isEmpty() ? head : head + (char) (tail.charAt(0) ^ 0x20) + tail.substring(1);
        };
    }

    /** One to three changes: a bit turned, a byte set, the end cut off or moved, a part copied over another. */
    public byte[] of(byte[] bytes) {
        byte[] mutant = bytes.clone();
        for (int i = 1 + random.nextInt(3); i > 0 && mutant.length > 0; i--) {
            int at = random.nextInt(mutant.length);
            switch (random.nextInt(4)) {
                case 0 -> mutant[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> mutant[at] = (byte) random.nextInt(256);
                case 2 -> mutant = Arrays.copyOf(mutant, random.nextInt(mutant.length + 8));
                default -> {
                    int from = random.nextInt(mutant.length);
                    int length = random.nextInt(mutant.length - Math.max(at, from));
                    System.arraycopy(bytes.length > from + length ? bytes : mutant, from, mutant, at, length);
                }
            }
        }
        return mutant;
    }
}
