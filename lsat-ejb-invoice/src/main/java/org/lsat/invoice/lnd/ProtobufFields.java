package org.lsat.invoice.lnd;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Finds fields in a message of Protocol Buffers: as much of that encoding as a macaroon's identifier needs. */
final class ProtobufFields {

    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED_32 = 5;

    private static final int TYPE_BITS = 3;
    private static final int VARINT_BITS = 7;

    private ProtobufFields() {}

    /**
     * The values of all fields that have this number and are strings, bytes or messages.
     *
     * @throws WrongContentException if it is no such message
     */
    static List<ByteBuffer> of(ByteBuffer message, int number) throws WrongContentException {
        List<ByteBuffer> found = new ArrayList<>();
        try {
            while (message.hasRemaining()) {
                long tag = varint(message);
                ByteBuffer value = value(message, (int) tag & (1 << TYPE_BITS) - 1);
                if (tag == ((long) number << TYPE_BITS | BYTES)) {
                    found.add(value);
                }
            }
        } catch (BufferUnderflowException e) {
            throw new WrongContentException("a field is cut off");
        }
        return found;
    }

    private static ByteBuffer value(ByteBuffer message, int type) throws WrongContentException {
        int from = message.position();
        long length = switch (type) {
            case VARINT -> {
                varint(message);
                yield 0;
            }
            case FIXED_64 -> Long.BYTES;
            case BYTES -> varint(message);
            case FIXED_32 -> Integer.BYTES;
            default -> throw new WrongContentException("no such type of field");
        };
        if (length < 0 || length > message.remaining()) {
            throw new WrongContentException("a field is longer than its message");
        }
        int begin = type == BYTES ? message.position() : from;
        ByteBuffer value = message.duplicate().position(begin).limit(message.position() + (int) length);
        message.position(message.position() + (int) length);
        return value;
    }

    private static long varint(ByteBuffer message) throws WrongContentException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += VARINT_BITS) {
            byte next = message.get();
            value |= (long) (next & (1 << VARINT_BITS) - 1) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new WrongContentException("a number is longer than 64 bits");
    }
}
