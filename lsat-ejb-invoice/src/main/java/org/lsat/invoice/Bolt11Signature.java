package org.lsat.invoice;

import java.util.HexFormat;
import java.util.Optional;
import org.bouncycastle.math.ec.ECPoint;
import org.lsat.protocol.Bolt11;
import org.lsat.protocol.Bolt11Exception;

/** The part of BOLT 11 that needs the curve: who signed an invoice. */
public final class Bolt11Signature {

    private Bolt11Signature() {}

    /**
     * Checks an invoice's signature and answers who is paid. Field {@code n} names the key where it is there, and then S
     * must be low; otherwise the key is recovered, and a high S is as good as a low one (BOLT 11, "Requirements").
     *
     * @throws Bolt11Exception if the signature is not that of {@code n}, or of no key at all
     */
    public static NodeId payee(Bolt11 invoice) throws Bolt11Exception {
        RecoverableSignature signature = RecoverableSignature.of(invoice.signature());
        byte[] digest = Secp256k1.sha256(invoice.signedBytes());
        Optional<String> stated = invoice.payee();
        if (stated.isPresent()) {
            return checked(stated.get(), signature, digest);
        }
        return Secp256k1.recover(signature, digest)
                .map(NodeId::of)
                .orElseThrow(() -> new Bolt11Exception("no key can have made the signature"));
    }

    private static NodeId checked(String payee, RecoverableSignature signature, byte[] digest) throws Bolt11Exception {
        ECPoint key = Secp256k1.point(HexFormat.of().parseHex(payee))
                .orElseThrow(() -> new Bolt11Exception("the payee (field n) is no point of the curve"));
        if (Secp256k1.isHigh(signature.s())) {
            throw new Bolt11Exception("the payee is stated (field n) and the signature's S is high");
        }
        if (!Secp256k1.verify(signature, key, digest)) {
            throw new Bolt11Exception("the signature is not the payee's (field n)");
        }
        return NodeId.of(key);
    }
}
