package org.lsat.invoice.lnd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A file that may be replaced while we run: LND renews its certificate, an administrator bakes a new macaroon. */
final class WatchedFile {

    private final Path path;
    private volatile @Nullable Stamp read;

    WatchedFile(Path path) {
        this.path = path;
    }

    /** Two files are the same if these are; where a file is a link, as in Kubernetes, those of what it leads to. */
    private record Stamp(
            FileTime modified, long size, @Nullable Object key) {

        static Stamp of(Path path) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
        }
    }

    /** What is in it now. What is written while we read differs from the stamp, and is read the next time. */
    byte[] read() throws IOException {
        Stamp before = Stamp.of(path);
        byte[] bytes = Files.readAllBytes(path);
        read = before;
        return bytes;
    }

    /** Whether it is another than the one that was read; a file that is gone, as for a moment, is not. */
    boolean changed() {
        try {
            return !Objects.equals(Stamp.of(path), read);
        } catch (IOException e) {
            return false;
        }
    }

    /** As if it had not been read: it is another one now. */
    void forget() {
        read = null;
    }

    Path path() {
        return path;
    }
}
