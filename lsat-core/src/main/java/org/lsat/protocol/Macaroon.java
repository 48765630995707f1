package org.lsat.protocol;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A bearer token whose holder may add restrictions and take none away (Birgisson et al., "Macaroons", NDSS 2014): a
 * location, an identifier, caveats, and a signature that is a chain of HMACs over them. Kept as its V2 bytes with the
 * places of its parts, so that reading one copies nothing. Immutable; does not print its signature.
 */
public final class Macaroon {

    private final byte[] v2;
    private final int locationLength;
    private final int identifierFrom;
    private final int identifierLength;
    /** Start and length of each caveat's identifier, in turn; a third-party caveat's length is written negative. */
    private final int[] caveats;

    private final int signatureFrom;

    /** Only {@link MacaroonCodec} knows these places. {@code v2} belongs to the macaroon from now on. */
    Macaroon(
            byte[] v2, int locationLength, int identifierFrom, int identifierLength, int[] caveats, int signatureFrom) {
        this.v2 = v2;
        this.locationLength = locationLength;
        this.identifierFrom = identifierFrom;
        this.identifierLength = identifierLength;
        this.caveats = caveats;
        this.signatureFrom = signatureFrom;
    }

    /**
     * Signs a new macaroon.
     *
     * @param rootKey any number of bytes; the key of the chain is HMAC("macaroons-key-generator", rootKey)
     */
    public static Macaroon mint(byte[] rootKey, String location, byte[] identifier, List<Caveat> caveats) {
        HmacSha256 worker = new HmacSha256();
        byte[] signature = new byte[HmacSha256.LENGTH];
        worker.mac(MacaroonKey.GENERATOR, rootKey, 0, rootKey.length, signature);
        worker.mac(signature, identifier, 0, identifier.length, signature);
        List<byte[]> encoded = new ArrayList<>(caveats.size());
        for (Caveat caveat : caveats) {
            byte[] bytes = caveat.bytes();
            worker.mac(signature, bytes, 0, bytes.length, signature);
            encoded.add(bytes);
        }
        return MacaroonCodec.encode(location.getBytes(StandardCharsets.UTF_8), identifier, encoded, signature);
    }

    /** A copy with one more caveat: what a holder may do without any key. */
    public Macaroon narrow(Caveat caveat) {
        byte[] bytes = caveat.bytes();
        byte[] signature = signature();
        new HmacSha256().mac(signature, bytes, 0, bytes.length, signature);
        return MacaroonCodec.append(this, bytes, signature);
    }

    /**
     * Whether the chain of HMACs that starts at {@code rootKey} ends in this signature; constant time in the signature. A
     * macaroon with a third-party caveat is never signed in this sense: its chain has another form, which L402 does not
     * use.
     */
    public boolean isSignedWith(byte[] rootKey) {
        byte[] scratch = new byte[HmacSha256.LENGTH];
        HmacSha256 worker = new HmacSha256();
        worker.mac(MacaroonKey.GENERATOR, rootKey, 0, rootKey.length, scratch);
        return chainEndsHere(worker, scratch);
    }

    /** As {@link #isSignedWith}, from the derived key in {@code scratch}, which is overwritten. */
    boolean chainEndsHere(HmacSha256 worker, byte[] scratch) {
        worker.mac(scratch, v2, identifierFrom, identifierLength, scratch);
        for (int i = 0; i < caveats.length; i += 2) {
            if (caveats[i + 1] < 0) {
                return false;
            }
            worker.mac(scratch, v2, caveats[i], caveats[i + 1], scratch);
        }
        int difference = 0;
        for (int i = 0; i < HmacSha256.LENGTH; i++) {
            difference |= scratch[i] ^ v2[signatureFrom + i];
        }
        return difference == 0;
    }

    /** Where the token says it is from; not signed, so nothing may depend on it. */
    public String location() {
        int from = identifierFrom - MacaroonCodec.headerLength(identifierLength) - locationLength;
        return new String(v2, from, locationLength, StandardCharsets.UTF_8);
    }

    /** A copy of the identifier's bytes. */
    public byte[] identifier() {
        byte[] copy = new byte[identifierLength];
        System.arraycopy(v2, identifierFrom, copy, 0, identifierLength);
        return copy;
    }

    /** The number of caveats, of both parties. */
    public int caveatCount() {
        return caveats.length / 2;
    }

    /** Whether caveat {@code i} is to be discharged by somebody else. */
    public boolean isThirdParty(int i) {
        return caveats[2 * i + 1] < 0;
    }

    /** Caveat {@code i}, counted from 0 in the order in which they were added. */
    public Caveat caveat(int i) {
        return Caveat.parse(caveatText(i, StandardCharsets.UTF_8));
    }

    /** Caveat {@code i}, one char a byte: enough for conditions of ours, which are ASCII, and never ambiguous. */
    String caveatLatin1(int i) {
        return caveatText(i, StandardCharsets.ISO_8859_1);
    }

    private String caveatText(int i, Charset charset) {
        int length = caveats[2 * i + 1];
        return new String(v2, caveats[2 * i], length < 0 ? ~length : length, charset);
    }

    /** A copy of caveat {@code i}'s bytes. */
    public byte[] caveatBytes(int i) {
        int length = caveats[2 * i + 1];
        byte[] copy = new byte[length < 0 ? ~length : length];
        System.arraycopy(v2, caveats[2 * i], copy, 0, copy.length);
        return copy;
    }

    int longestCaveat() {
        int longest = 0;
        for (int i = 1; i < caveats.length; i += 2) {
            longest = Math.max(longest, caveats[i] < 0 ? ~caveats[i] : caveats[i]);
        }
        return longest;
    }

    /** A copy of the 32 bytes of the signature. */
    public byte[] signature() {
        byte[] copy = new byte[HmacSha256.LENGTH];
        System.arraycopy(v2, signatureFrom, copy, 0, copy.length);
        return copy;
    }

    /** The V2 bytes, a copy. */
    public byte[] bytes() {
        return v2.clone();
    }

    /** The V2 bytes in standard base64 with padding, as L402 sends them. */
    public String base64() {
        return Base64.getEncoder().encodeToString(v2);
    }

    byte[] v2() {
        return v2;
    }

    int identifierFrom() {
        return identifierFrom;
    }

    int identifierLength() {
        return identifierLength;
    }

    @Override
    public String toString() {
        return "Macaroon[" + caveatCount() + " caveats]";
    }
}
