package org.lsat.config;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Sees whether the files of a value have changed, and reads it again. What cannot be used changes nothing: the former value
 * stays until the files are whole. A change counts only when it is found unchanged by the next look, since a file may be
 * half-written at the first. For one thread.
 *
 * @param <T> of the value
 */
public final class FileWatch<T> {

    private final FileBacked<T> value;
    private final Consumer<T> changed;
    private final Consumer<String> warnings;
    private byte[] inUse;
    private byte @Nullable [] seen;

    /**
     * Watches from the start of {@code value} on.
     *
     * @param changed gets what was read again
     * @param warnings gets what is wrong, at each look
     */
    public FileWatch(FileBacked<T> value, Consumer<T> changed, Consumer<String> warnings) {
        this.value = value;
        this.changed = changed;
        this.warnings = warnings;
        this.inUse = value.fingerprintAtStart();
    }

    /** Looks once; true where something has changed just now, and another look should follow soon. */
    public boolean look() {
        byte[] now = value.fingerprint();
        if (Arrays.equals(now, inUse)) {
            seen = null;
            return false;
        }
        if (!Arrays.equals(now, seen)) {
            seen = now;
            return true;
        }
        try {
            T read = value.readAgain();
            byte[] after = value.fingerprint();
            if (!Arrays.equals(after, now)) {
                // Somebody writes just now. Half a secret would sign what nobody could verify a moment later.
                seen = after;
                return true;
            }
            inUse = now;
            seen = null;
            changed.accept(read);
        } catch (ConfigException e) {
            warnings.accept(
                    value.names() + ": the files have changed and cannot be used; what was read before stays in use: "
                            + e.faults().stream().map(Fault::toString).collect(Collectors.joining("; ")));
        }
        return false;
    }
}
