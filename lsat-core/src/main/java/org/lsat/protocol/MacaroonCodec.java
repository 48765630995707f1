package org.lsat.protocol;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * V2 binary macaroons ↔ {@link Macaroon}; the only parser of those bytes. Layout, as gopkg.in/macaroon.v2 writes it:
 *
 * <pre>
 * 02 [01 len location] 02 len identifier 00 { [01 len location] 02 len caveat [04 len vid] 00 }* 00 06 20 &lt;32 bytes&gt;
 * </pre>
 *
 * <p>Varints are unsigned LEB128 in the shortest form. Refused: trailing bytes, fields out of order, a caveat location
 * without vid, a varint over 32 bits, the V1 and JSON forms. What is accepted is written again byte for byte.
 */
public final class MacaroonCodec {

    private static final int VERSION = 2;
    private static final int EOS = 0;
    private static final int LOCATION = 1;
    private static final int IDENTIFIER = 2;
    private static final int VID = 4;
    private static final int SIGNATURE = 6;

    /** The places of the four caveats that a token of ours usually has at most, before the array grows. */
    private static final int USUAL = 8;

    private final byte[] in;
    private int at;

    private MacaroonCodec(byte[] in) {
        this.in = in;
    }

    /**
     * Reads a macaroon. {@code null} if {@code bytes} are not exactly one; takes the array, which the caller must not
     * change afterwards.
     */
    public static @Nullable Macaroon decode(byte[] bytes) {
        return new MacaroonCodec(bytes).read();
    }

    private @Nullable Macaroon read() {
        if (in.length == 0 || in[at++] != VERSION) {
            return null;
        }
        int locationLength = optionalPacket(LOCATION);
        at += Math.max(locationLength, 0);
        int identifierLength = locationLength == MALFORMED ? MALFORMED : packet(IDENTIFIER);
        if (identifierLength < 0) {
            return null;
        }
        int identifierFrom = at;
        at += identifierLength;
        if (!skip(EOS)) {
            return null;
        }
        int[] caveats = new int[USUAL];
        int used = 0;
        while (at < in.length && in[at] != EOS) {
            if (used == caveats.length) {
                caveats = Arrays.copyOf(caveats, 2 * used);
            }
            if (!caveat(caveats, used)) {
                return null;
            }
            used += 2;
        }
        if (!skip(EOS) || packet(SIGNATURE) != HmacSha256.LENGTH || at + HmacSha256.LENGTH != in.length) {
            return null;
        }
        int[] places = used == caveats.length ? caveats : Arrays.copyOf(caveats, used);
        return new Macaroon(in, Math.max(locationLength, 0), identifierFrom, identifierLength, places, at);
    }

    private boolean caveat(int[] places, int index) {
        int location = optionalPacket(LOCATION);
        at += Math.max(location, 0);
        int length = location == MALFORMED ? MALFORMED : packet(IDENTIFIER);
        if (length < 0) {
            return false;
        }
        places[index] = at;
        at += length;
        int vid = optionalPacket(VID);
        if (vid == MALFORMED || (vid == ABSENT && location != ABSENT)) {
            return false;
        }
        at += Math.max(vid, 0);
        places[index + 1] = vid == ABSENT ? length : ~length;
        return skip(EOS);
    }

    private static final int MALFORMED = -1;
    private static final int ABSENT = -2;

    private boolean skip(int tag) {
        return at < in.length && in[at++] == tag;
    }

    private int optionalPacket(int tag) {
        return at < in.length && in[at] == tag ? packet(tag) : ABSENT;
    }

    /** The length of the data that starts at {@code at} when this returns, all of it present; else MALFORMED. */
    private int packet(int tag) {
        if (!skip(tag)) {
            return MALFORMED;
        }
        long length = varint();
        return length < 0 || length > in.length - at ? MALFORMED : (int) length;
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < 35 && at < in.length; shift += 7) {
            byte next = in[at++];
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                boolean shortest = next != 0 || shift == 0;
                return shortest && value <= 0xffff_ffffL ? value : MALFORMED;
            }
        }
        return MALFORMED;
    }

    static Macaroon encode(byte[] location, byte[] identifier, List<byte[]> caveats, byte[] signature) {
        int size = 1 + headerLength(identifier.length) + identifier.length + 1 + 1 + 2 + signature.length;
        size += location.length == 0 ? 0 : headerLength(location.length) + location.length;
        for (byte[] caveat : caveats) {
            size += headerLength(caveat.length) + caveat.length + 1;
        }
        byte[] out = new byte[size];
        out[0] = VERSION;
        int at = 1;
        if (location.length > 0) {
            at = put(out, at, LOCATION, location);
        }
        int identifierFrom = at + headerLength(identifier.length);
        at = put(out, at, IDENTIFIER, identifier) + 1;
        int[] places = new int[2 * caveats.size()];
        for (int i = 0; i < caveats.size(); i++) {
            byte[] caveat = caveats.get(i);
            places[2 * i] = at + headerLength(caveat.length);
            places[2 * i + 1] = caveat.length;
            at = put(out, at, IDENTIFIER, caveat) + 1;
        }
        put(out, at + 1, SIGNATURE, signature);
        return new Macaroon(out, location.length, identifierFrom, identifier.length, places, size - signature.length);
    }

    /** {@code macaroon} with one more caveat and another signature. */
    static Macaroon append(Macaroon macaroon, byte[] caveat, byte[] signature) {
        byte[] old = macaroon.v2();
        int end = old.length - signature.length - 3;
        int added = headerLength(caveat.length) + caveat.length + 1;
        byte[] out = Arrays.copyOf(old, old.length + added);
        int at = put(out, end, IDENTIFIER, caveat);
        out[at] = EOS;
        out[at + 1] = EOS;
        put(out, at + 2, SIGNATURE, signature);
        Macaroon appended = decode(out);
        if (appended == null) {
            throw new IllegalStateException("a macaroon with one more caveat is not a macaroon");
        }
        return appended;
    }

    /** Tag and length of a packet. */
    static int headerLength(int length) {
        int bytes = 2;
        for (int rest = length >>> 7; rest != 0; rest >>>= 7) {
            bytes++;
        }
        return bytes;
    }

    private static int put(byte[] out, int from, int tag, byte[] data) {
        int at = from;
        out[at++] = (byte) tag;
        int length = data.length;
        while (length > 0x7f) {
            out[at++] = (byte) (length | 0x80);
            length >>>= 7;
        }
        out[at++] = (byte) length;
        System.arraycopy(data, 0, out, at, data.length);
        return at + data.length;
    }
}
