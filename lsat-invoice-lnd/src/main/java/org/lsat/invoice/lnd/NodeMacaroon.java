package org.lsat.invoice.lnd;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import org.lsat.protocol.Macaroon;
import org.lsat.protocol.MacaroonCodec;

/** The macaroon that LND lets us in with. Does not print. */
final class NodeMacaroon {

    private static final Metadata.Key<String> FIELD = Metadata.Key.of("macaroon", Metadata.ASCII_STRING_MARSHALLER);

    /** What an invoice needs; {@code uri} stands for single calls that were named when the macaroon was baked. */
    private static final Set<String> NEEDED = Set.of("uri", "invoices");

    /** Version of the identifiers that LND's macaroons have (go-macaroon-bakery's third), their first byte. */
    private static final int BAKERY_VERSION = 3;

    private static final int OPERATIONS = 3;
    private static final int ENTITY = 1;

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
    Set<String> superfluous() {
        return superfluous;
    }

    /** The channel on which every call carries the macaroon. */
    Channel on(Channel channel) {
        Metadata fields = new Metadata();
        fields.put(FIELD, HexFormat.of().formatHex(bytes));
        return ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(fields));
    }

    /** The identifier is a protobuf message: nonce, storage id, and operations of an entity and actions each. */
    private static Set<String> superfluous(byte[] identifier) {
        Set<String> entities = new TreeSet<>();
        if (identifier.length == 0 || identifier[0] != BAKERY_VERSION) {
            return entities;
        }
        try {
            CodedInputStream message = CodedInputStream.newInstance(identifier, 1, identifier.length - 1);
            for (int tag = message.readTag(); tag != 0; tag = message.readTag()) {
                if (WireFormat.getTagFieldNumber(tag) == OPERATIONS) {
                    readOperation(message.readBytes().newCodedInput(), entities);
                } else {
                    message.skipField(tag);
                }
            }
        } catch (IOException e) {
            // Not LND's form: nothing can be said about it.
            return Set.of();
        }
        entities.removeAll(NEEDED);
        return Set.copyOf(entities);
    }

    private static void readOperation(CodedInputStream operation, Set<String> entities) throws IOException {
        for (int tag = operation.readTag(); tag != 0; tag = operation.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) == ENTITY) {
                entities.add(operation.readString());
            } else {
                operation.skipField(tag);
            }
        }
    }

    @Override
    public String toString() {
        return "NodeMacaroon[redacted]";
    }
}
