package dev.hexmart.bootstrap.demo.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The servers' programs, unpacked once from the class path into the data root. */
final class Binaries {
    /** Static, therefore the same on any Linux; other jars' Redis wants the OpenSSL 3 that older systems do not have. */
    private static final String REDIS = "redis-server-7.0.15-linux-";

    private static final Set<PosixFilePermission> FOR_ALL_TO_RUN = PosixFilePermissions.fromString("rwxr-xr-x");

    private final Path folder;
    private final Consumer<String> progress;

    Binaries(Path root, Consumer<String> progress) {
        this.folder = root.resolve("bin");
        this.progress = progress;
    }

    /** The root of a Postgres installation. */
    Path postgres() {
        return unpackedOnce(postgresArchive(), "postgres-", (archive, target) -> {
            progress.accept("Unpacking Postgres, this once");
            Files.createDirectory(target);
            Files.setPosixFilePermissions(target, FOR_ALL_TO_RUN);
            if (!unpackWithTar(archive, target)) {
                unpackInJava(archive, target);
            }
        });
    }

    /** The Redis server's executable file. */
    Path redis() {
        return unpackedOnce(resource(REDIS + architecture("amd64", "arm64")), "redis-server-", (program, target) -> {
            try (InputStream content = program.openStream()) {
                Files.copy(content, target);
            }
            Files.setPosixFilePermissions(target, FOR_ALL_TO_RUN);
        });
    }

    /** Unpacks beside the final place and renames, so that a run that was cut off leaves nothing half there. */
    private Path unpackedOnce(URL resource, String name, Unpacking unpacking) {
        try {
            Path target = folder.resolve(name + checksum(resource));
            if (!Files.exists(target)) {
                Files.createDirectories(folder);
                Files.setPosixFilePermissions(folder, FOR_ALL_TO_RUN);
                Path unfinished = folder.resolve(target.getFileName() + ".unfinished");
                PartFolder.deleteTree(unfinished);
                unpacking.unpack(resource, unfinished);
                Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
            }
            return target;
        } catch (IOException e) {
            throw new EmbeddedPartException(
                    "Could not unpack %s into %s: is the disk full, or the folder not writable?"
                            .formatted(resource, folder),
                    e);
        }
    }

    static URL postgresArchive() {
        return resource("postgres-linux-" + architecture("x86_64", "arm_64") + ".txz");
    }

    private static URL resource(String name) {
        return Optional.ofNullable(Binaries.class.getResource("/" + name))
                .orElseThrow(() -> new EmbeddedPartException(
                        "%s is not on the class path: build the project anew".formatted(name)));
    }

    /** Names a version by its content; from the jar's index, not to read all of it at every start. */
    private static String checksum(URL resource) throws IOException {
        JarURLConnection connection = (JarURLConnection) resource.openConnection();
        return HexFormat.of().toHexDigits((int) connection.getJarEntry().getCrc());
    }

    /** The system's tar and xz are several times as fast as Java, but not everywhere. */
    static boolean unpackWithTar(URL archive, Path target) throws IOException {
        try (InputStream content = archive.openStream()) {
            Process tar = new ProcessBuilder("tar", "-xJf", "-", "--no-same-owner", "-p", "-C", target.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (OutputStream input = tar.getOutputStream()) {
                content.transferTo(input);
            } catch (IOException e) {
                tar.destroy(); // it gave up: no xz
            }
            return tar.waitFor() == 0;
        } catch (IOException e) {
            return false; // no tar
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    static void unpackInJava(URL archive, Path target) throws IOException {
        try (InputStream content = archive.openStream();
                TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(content))) {
            for (Optional<TarArchiveEntry> next = next(tar); next.isPresent(); next = next(tar)) {
                TarArchiveEntry entry = next.get();
                Path path = target.resolve(entry.getName()).normalize();
                Files.createDirectories(path.getParent());
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                } else if (entry.isSymbolicLink()) {
                    Files.deleteIfExists(path);
                    Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
                } else {
                    Files.copy(tar, path, StandardCopyOption.REPLACE_EXISTING);
                    Files.setAttribute(path, "unix:mode", entry.getMode() & 0777);
                }
            }
        }
    }

    private static Optional<TarArchiveEntry> next(TarArchiveInputStream tar) throws IOException {
        return Optional.ofNullable(tar.getNextEntry());
    }

    private static String architecture(String amd64, String arm64) {
        String system = System.getProperty("os.name") + "/" + System.getProperty("os.arch");
        return switch (system) {
            case "Linux/amd64" -> amd64;
            case "Linux/aarch64" -> arm64;
            default ->
                throw new EmbeddedPartException(
                        "The embedded parts run on Linux on x86-64 or arm64, this is %s: start the services of infra/docker-compose.yml instead"
                                .formatted(system));
        };
    }

    /** Puts the content of a resource at a path. */
    @FunctionalInterface
    private interface Unpacking {
        void unpack(URL resource, Path target) throws IOException;
    }
}
