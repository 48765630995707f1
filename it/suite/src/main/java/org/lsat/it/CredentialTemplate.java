package org.lsat.it;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lsat.it.Shop.Token;
import org.lsat.protocol.Caveat;
import org.lsat.protocol.Macaroon;
import org.lsat.protocol.MacaroonCodec;

/** Fills the header lines of {@code hostile-credentials.tsv} with real tokens and what is done to them. */
record CredentialTemplate(Token pass, Token paid) {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(pass|paid)\\.([mph])((?:\\|[^|}]*)*)\\}");

    /** One string a header line. */
    String[] headers(String template) {
        StringBuilder text = new StringBuilder();
        Matcher matcher = PLACEHOLDER.matcher(template);
        // A line break cannot stand in a row, so it may stand for the | between lines while the others are filled in.
        int from = 0;
        while (matcher.find()) {
            text.append(template.substring(from, matcher.start()).replace('|', '\n'));
            text.append(value(matcher.group(1).equals("pass") ? pass : paid, matcher.group(2), matcher.group(3)));
            from = matcher.end();
        }
        text.append(template.substring(from).replace('|', '\n'));
        return text.toString().split("\n");
    }

    private static String value(Token token, String part, String operations) {
        List<String> steps = new ArrayList<>(Arrays.asList(operations.split("\\|")));
        steps.removeIf(String::isEmpty);
        String text = switch (part) {
            case "m" -> token.macaroon();
            case "p" -> token.preimage();
            default -> token.paymentHash();
        };
        for (String step : steps) {
            String[] words = step.split(" ", 2);
            text = apply(text, words[0], words.length > 1 ? words[1] : "", token);
        }
        return text;
    }

    private static String apply(String text, String operation, String argument, Token token) {
        return switch (operation) {
            case "hex" -> HexFormat.of().formatHex(bytes(text));
            case "url" -> text.replace('+', '-').replace('/', '_');
            case "nopad" -> text.replace("=", "");
            case "upper" -> text.toUpperCase(Locale.ROOT);
            case "cuttext" -> text.substring(0, Integer.parseInt(argument));
            case "fliphex" -> HexFormat.of().formatHex(flipped(HexFormat.of().parseHex(text), argument));
            case "flip" -> base64(flipped(bytes(text), argument));
            case "cut" -> base64(Arrays.copyOf(bytes(text), Integer.parseInt(argument)));
            case "append" -> {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                out.writeBytes(bytes(text));
                out.writeBytes(HexFormat.of().parseHex(argument));
                yield base64(out.toByteArray());
            }
            case "set" -> {
                String[] words = argument.split(" ");
                byte[] bytes = bytes(text);
                byte[] put = HexFormat.of().parseHex(words[1]);
                System.arraycopy(put, 0, bytes, Integer.parseInt(words[0]), put.length);
                yield base64(bytes);
            }
            default -> narrowed(text, operation, argument, token).base64();
        };
    }

    private static Macaroon narrowed(String text, String operation, String argument, Token token) {
        Macaroon macaroon = macaroon(text);
        switch (operation) {
            case "caveat" -> {
                long now = System.currentTimeMillis() / 1000;
                String caveat = argument.replace("PREIMAGE", token.preimage())
                        .replace("SOON", Long.toString(now + 600))
                        .replace("LATER", Long.toString(now + 1200));
                return macaroon.narrow(Caveat.parse(caveat));
            }
            case "caveats" -> {
                for (int i = 0; i < Integer.parseInt(argument); i++) {
                    macaroon = macaroon.narrow(Caveat.parse("n=" + i));
                }
                return macaroon;
            }
            case "longcaveat" -> {
                return macaroon.narrow(Caveat.parse("n=" + "x".repeat(Integer.parseInt(argument) - 2)));
            }
            case "grow" -> {
                return grown(macaroon, Integer.parseInt(argument));
            }
            default -> throw new IllegalArgumentException(operation);
        }
    }

    /** With caveats of up to a kilobyte each until it has so many bytes. A long caveat costs four bytes beside its text. */
    private static Macaroon grown(Macaroon macaroon, int size) {
        Macaroon grown = macaroon;
        while (size - grown.bytes().length > 1020) {
            grown = grown.narrow(Caveat.parse("x".repeat(800)));
        }
        return grown.narrow(Caveat.parse("x".repeat(size - grown.bytes().length - 4)));
    }

    private static Macaroon macaroon(String base64) {
        return Objects.requireNonNull(MacaroonCodec.decode(bytes(base64)));
    }

    private static byte[] flipped(byte[] bytes, String index) {
        bytes[Integer.parseInt(index)] ^= 1;
        return bytes;
    }

    private static byte[] bytes(String base64) {
        return Base64.getDecoder().decode(base64);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
