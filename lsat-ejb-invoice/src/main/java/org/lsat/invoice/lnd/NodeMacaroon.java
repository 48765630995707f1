package org.lsat.invoice.lnd;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.lsat.protocol.Macaroon;
import org.lsat.protocol.MacaroonCodec;

/** The macaroon that LND lets us in with. Does not print. */
public final class NodeMacaroon {

    /** What an invoice needs. */
    private static final String INVOICES = "invoices";

    /** Stands for single calls that were named when the macaroon was baked. */
    private static final String CALLS = "uri";

    /** Those that have to do with invoices only. */
    private static final Pattern CALLS_OF_INVOICES = Pattern.compile(
            "/lnrpc\\.Lightning/(Add|Lookup|List|Subscribe)Invoices?|/invoicesrpc\\.Invoices/[A-Za-z0-9]+");

    /** Version of the identifiers that LND's macaroons have (go-macaroon-bakery's third), their first byte. */
    private static final int BAKERY_VERSION = 3;

    private static final int OPERATIONS = 3;
    private static final int ENTITY = 1;
    private static final int ACTIONS = 2;

    private final byte[] bytes;
    private final Set<String> superfluous;

    private NodeMacaroon(byte[] bytes, Set<String> superfluous) {
        this.bytes = bytes;
        this.superfluous = superfluous;
    }

    /**
     * Reads a file as LND writes it.
     *
     * @throws WrongContentException if it is none
     */
    static NodeMacaroon read(byte[] bytes) throws WrongContentException {
        Macaroon macaroon = MacaroonCodec.decode(bytes.clone());
        if (macaroon == null) {
            throw new WrongContentException(
                    bytes.length == 0 ? "the file is empty" : "the file holds no macaroon in LND's binary form");
        }
        return new NodeMacaroon(bytes.clone(), superfluous(macaroon.identifier()));
    }

    /** What it may do beyond invoices, in LND's words; empty as well where that cannot be seen. */
    public Set<String> superfluous() {
        return superfluous;
    }

    /** The secret itself, as LND takes it in the header of a call, and for nothing else. */
    public String revealHex() {
        return HexFormat.of().formatHex(bytes);
    }

    /** The identifier is a protobuf message: nonce, storage id, and operations of an entity and actions each. */
    private static Set<String> superfluous(byte[] identifier) {
        if (identifier.length == 0 || identifier[0] != BAKERY_VERSION) {
            return Set.of();
        }
        Set<String> superfluous = new TreeSet<>();
        try {
            ByteBuffer message = ByteBuffer.wrap(identifier, 1, identifier.length - 1);
            for (ByteBuffer operation : ProtobufFields.of(message, OPERATIONS)) {
                List<String> actions = texts(operation, ACTIONS);
                for (String entity : texts(operation, ENTITY)) {
                    if (entity.equals(CALLS)) {
                        actions.stream()
                                .filter(call -> !CALLS_OF_INVOICES.matcher(call).matches())
                                .forEach(superfluous::add);
                    } else if (!entity.equals(INVOICES)) {
                        superfluous.add(entity);
                    }
                }
            }
        } catch (WrongContentException e) {
            // Not LND's form: nothing can be said about it.
            return Set.of();
        }
        return Collections.unmodifiableSet(superfluous);
    }

    private static List<String> texts(ByteBuffer operation, int field) throws WrongContentException {
        return ProtobufFields.of(operation.duplicate(), field).stream()
                .map(text -> StandardCharsets.UTF_8.decode(text).toString())
                .toList();
    }

    @Override
    public String toString() {
        return "NodeMacaroon[redacted]";
    }
}
