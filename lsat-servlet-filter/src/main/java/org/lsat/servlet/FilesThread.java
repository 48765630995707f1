package org.lsat.servlet;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.lsat.Reason;
import org.lsat.config.FileWatch;

/**
 * Looks every two seconds whether files of the configuration have changed. A thread of its own: what tells of changes by
 * itself ({@code WatchService}) has one, too, and does not see what happens behind a link or on a file system of another machine.
 */
final class FilesThread implements AutoCloseable {

    private static final String NAME = "lsat-files";
    private static final long EVERY_MILLIS = 2000;
    private static final long SOON_MILLIS = 500;
    private static final long JOIN_MILLIS = 2000;

    private final List<FileWatch<?>> watches;
    private final Warnings warnings;
    private final CountDownLatch end = new CountDownLatch(1);
    private final Thread thread = new Thread(null, this::run, NAME, 0, false);

    private FilesThread(List<FileWatch<?>> watches, Warnings warnings) {
        this.watches = List.copyOf(watches);
        this.warnings = warnings;
    }

    static FilesThread start(List<FileWatch<?>> watches, Warnings warnings) {
        FilesThread files = new FilesThread(watches, warnings);
        files.thread.setDaemon(true);
        files.thread.start();
        return files;
    }

    private void run() {
        try {
            boolean soon = false;
            while (!end.await(soon ? SOON_MILLIS : EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                soon = false;
                for (FileWatch<?> watch : watches) {
                    soon |= looked(watch);
                }
            }
        } catch (InterruptedException e) {
            // Somebody ends all threads of the application.
        }
    }

    private boolean looked(FileWatch<?> watch) {
        try {
            return watch.look();
        } catch (RuntimeException | Error e) {
            warnings.warn(Reason.INTERNAL, "files of the configuration cannot be looked at", e);
            return false;
        }
    }

    /** Waits for the thread: a container that finds it just ending calls it a leak. */
    @Override
    public void close() {
        end.countDown();
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
