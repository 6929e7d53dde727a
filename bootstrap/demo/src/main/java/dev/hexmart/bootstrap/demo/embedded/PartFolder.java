package dev.hexmart.bootstrap.demo.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.stream.Stream;

/** One part's folder in the data root: its data, its password, the port that it had last. */
record PartFolder(Path path) {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Opens the folder and creates it, for its owner alone and with a new password, when it is not there. */
    static PartFolder open(Path root, String part) {
        try {
            Path path = Files.createDirectories(root).toRealPath().resolve(part);
            if (!Files.exists(path)) {
                Files.createDirectory(
                        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            PartFolder folder = new PartFolder(path);
            folder.refuseForeign();
            folder.createPassword();
            return folder;
        } catch (IOException e) {
            throw new EmbeddedPartException(
                    "The data folder %s cannot be written: make it writable, or choose another with --data DIR"
                            .formatted(root.toAbsolutePath()),
                    e);
        }
    }

    /** Deletes the folder and all in it. */
    void delete() {
        deleteTree(path);
    }

    /** The part's random password, the same at every start. */
    String password() {
        try {
            return Files.readString(passwordFile()).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The port to listen on; see {@link Ports#choose}. */
    int port(int wanted, String part, String setting) {
        return Ports.choose(path.resolve("port"), wanted, part, setting);
    }

    /** Writes a file that only its owner may read, from its first byte on. */
    static void writePrivately(Path file, String content) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, content);
    }

    static void deleteTree(Path tree) {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new EmbeddedPartException("Could not delete %s: delete it by hand".formatted(tree), e);
        }
    }

    private Path passwordFile() {
        return path.resolve("password");
    }

    /** The first file in the folder: it tells later that the folder is ours. */
    private void createPassword() throws IOException {
        if (!Files.exists(passwordFile())) {
            byte[] bytes = new byte[24];
            RANDOM.nextBytes(bytes);
            writePrivately(passwordFile(), HexFormat.of().formatHex(bytes));
        }
    }

    /** {@code --data /var/lib --fresh} must not touch a system's own /var/lib/redis. */
    private void refuseForeign() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            if (!Files.exists(passwordFile()) && files.findAny().isPresent()) {
                throw new EmbeddedPartException(
                        "%s holds something that is not Hexmart's: choose another folder with --data DIR"
                                .formatted(path));
            }
        }
    }
}
