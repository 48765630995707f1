package org.lsat.ledger.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The H2 file")
final class H2FileTest {

    @TempDir
    private Path directory;

    @Test
    @DisplayName("is closed when the application ends, also under who still uses a connection, and is not opened again")
    void isClosedUnderWhoStillUsesIt() throws Exception {
        H2File file = new H2File(directory.resolve("shop"));
        Connection used = file.get();
        file.close();
        // H2 locks it as long as it has it open; a lock of this process's own is an exception here.
        try (FileChannel channel = FileChannel.open(directory.resolve("shop.mv.db"), StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            assertThat(lock.isValid()).isTrue();
        }
        assertThat(used.isValid(1)).isFalse();
        used.close();
        assertThatThrownBy(file::get).isInstanceOf(SQLException.class).hasMessageContaining("closed");
    }

    @Test
    @DisplayName("that was never opened is not made by the end of the application")
    void isNotMadeByItsEnd() {
        H2File file = new H2File(directory.resolve("none"));
        file.close();
        assertThat(directory).isEmptyDirectory();
    }
}
