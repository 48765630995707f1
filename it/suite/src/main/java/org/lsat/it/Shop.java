package org.lsat.it;

import java.io.IOException;
import org.lsat.PaidToken;
import org.lsat.it.RawHttp.Answer;

/** The application under test at its context path, as a buyer sees it. */
public record Shop(RawHttp http, String context) {

    /** A macaroon in base64 and the preimage that pays for it, in hex. */
    public record Token(String macaroon, String preimage) {

        public String header() {
            return header("L402");
        }

        String header(String scheme) {
            return "Authorization: " + scheme + " " + macaroon + ":" + preimage;
        }

        /** Leaves {@code Authorization} to a login of the application's own. */
        String macaroonField() {
            return "Macaroon: " + new PaidToken(macaroon, preimage).macaroonField();
        }

        public String paymentHash() {
            return Hex.sha256(preimage);
        }
    }

    static Shop at(String context) {
        return at(Integer.getInteger("server.http.port"), context);
    }

    /** On a server of this machine. */
    public static Shop at(int port, String context) {
        return new Shop(new RawHttp(port), context);
    }

    public Answer get(String path, String... headers) throws IOException {
        return http.get(context + path, headers);
    }

    Answer send(String method, String path, String... headers) throws IOException {
        return http.send(method, context + path, "", headers);
    }

    /** Asks for a path without a token, which must cost something, and pays. */
    public Token buy(String path) throws IOException {
        return pay(get(path));
    }

    Token pay(Answer challenge) throws IOException {
        if (challenge.status() != 402) {
            throw new AssertionError("expected a 402, got " + challenge);
        }
        return new Token(challenge.member("macaroon"), preimageOf(challenge.member("invoice")));
    }

    String preimageOf(String invoice) throws IOException {
        Answer paid = http.send("POST", context + "/lsat/dev/pay", "{\"invoice\":\"" + invoice + "\"}");
        if (paid.status() != 200) {
            throw new AssertionError("the dev wallet did not pay: " + paid);
        }
        return paid.member("preimage");
    }
}
