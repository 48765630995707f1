package org.lsat.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value of the configuration that stands in files, in whole or in part, and can be read again while the application runs.
 * Immutable.
 *
 * @param <T> of the value
 */
public final class FileBacked<T> {

    /** No file that is read may be longer. */
    static final int MOST_BYTES = 1 << 20;

    private final String names;
    private final List<String> files;
    private final Supplier<T> reader;
    private final byte[] fingerprint;
    private final T atStart;

    /**
     * Reads the value for the first time.
     *
     * @param names of the properties, for messages
     * @param files that it stands in
     * @param first reads it now, and reports faults wherever the caller likes
     * @param reader reads it later, and throws a {@link ConfigException} where there are faults
     */
    FileBacked(String names, List<String> files, Supplier<T> first, Supplier<T> reader) {
        this.names = names;
        this.files = List.copyOf(files);
        this.reader = reader;
        // Before the value: what changes in between is read again.
        this.fingerprint = fingerprint();
        this.atStart = first.get();
    }

    /** The value at the start. */
    public T atStart() {
        return atStart;
    }

    /** Whether there is anything that may change. */
    public boolean hasFiles() {
        return !files.isEmpty();
    }

    String names() {
        return names;
    }

    byte[] fingerprintAtStart() {
        return fingerprint.clone();
    }

    /** @throws ConfigException with all faults, if the files hold no such value now */
    T readAgain() {
        return reader.get();
    }

    /**
     * Stands for what the files hold now, whichever files those are: one that was replaced by a rename, or by another link to
     * another directory, may have the times and the size of the former.
     */
    byte[] fingerprint() {
        MessageDigest digest = sha256();
        for (String file : files) {
            byte[] bytes = bytesOf(file);
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes == null ? -1 : bytes.length));
            digest.update(bytes == null ? new byte[0] : bytes);
        }
        return digest.digest();
    }

    private static byte @Nullable [] bytesOf(String file) {
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            return in.readNBytes(MOST_BYTES + 1);
        } catch (IOException | InvalidPathException e) {
            return null; // Whoever reads the value says what is wrong.
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
