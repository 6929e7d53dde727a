package dev.hexmart.bootstrap.demo.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** The folder that holds all that the embedded parts keep; one process at a time may own it. */
public final class DataRoot implements AutoCloseable {
    private final Path path;
    private final FileChannel lockFile;

    private DataRoot(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    /** Takes the folder, which is created when it is not there; an {@link EmbeddedPartException} when it is taken. */
    public static DataRoot open(Path folder) {
        try {
            Files.createDirectories(folder);
            Path path = folder.toRealPath();
            Path lock = path.resolve("lock");
            FileChannel lockFile = FileChannel.open(
                    lock, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (tryLock(lockFile).isEmpty()) {
                lockFile.close();
                throw new EmbeddedPartException(
                        "The data folder %s is in use by process %s: stop that one, or give this one another folder with --data DIR"
                                .formatted(path, Files.readString(lock).strip()));
            }
            lockFile.truncate(0);
            lockFile.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            return new DataRoot(path, lockFile);
        } catch (IOException e) {
            throw new EmbeddedPartException(
                    "The data folder %s cannot be written: make it writable, or choose another with --data DIR"
                            .formatted(folder.toAbsolutePath()),
                    e);
        }
    }

    private static Optional<FileLock> tryLock(FileChannel file) throws IOException {
        try {
            return Optional.ofNullable(file.tryLock());
        } catch (OverlappingFileLockException e) {
            return Optional.empty(); // this very process has it
        }
    }

    public Path path() {
        return path;
    }

    /** Deletes the data of every part, after stopping what a killed run left running on it; the binaries stay. */
    public void clear() {
        EmbeddedPostgres.clear(path);
        EmbeddedRedis.clear(path);
        EmbeddedBroker.clear(path);
    }

    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            throw new EmbeddedPartException("The data folder %s could not be released".formatted(path), e);
        }
    }
}
