package dev.hexmart.bootstrap.demo.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A Postgres server of our own, on the loopback interface, with its data in the data root. */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final String PART = "postgres";
    private static final String SUPERUSER = "postgres";
    private static final String DATABASE = "ecommerce";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** SIGINT: end the sessions and write a checkpoint; SIGQUIT: at once, the next start recovers. */
    private static final List<String> STOP = List.of("INT", "QUIT");

    private final Process process;
    private final int port;
    private final String password;

    private EmbeddedPostgres(Process process, int port, String password) {
        this.process = process;
        this.port = port;
        this.password = password;
    }

    /**
     * Starts the server, the first time with an empty database {@code ecommerce}, and returns when it takes connections.
     *
     * @param dataRoot the folder of all parts; the caller holds it as {@link DataRoot}
     * @param port 0 for the one that it had last, or any free one
     */
    public static EmbeddedPostgres start(Path dataRoot, int port, Consumer<String> progress) {
        PartFolder folder = PartFolder.open(dataRoot, PART);
        Path data = data(folder);
        stopLeftBehind(folder);
        Path programs = new Binaries(dataRoot, progress).postgres().resolve("bin");
        Unprivileged user = Unprivileged.detect();
        int chosenPort = folder.port(port, "Postgres", "--postgres-port");
        String password = folder.password();
        Path log = ChildProcess.newLog(folder.path().resolve("postgres.log"));
        try {
            letIn(user, folder, programs);
            if (!Files.exists(data)) {
                progress.accept("Creating the database");
                create(folder, programs, user, password, log);
            }
            user.own(data);
        } catch (IOException e) {
            throw new EmbeddedPartException(
                    "Could not create the database in %s: is the disk full?".formatted(data), e);
        }
        Process process = ChildProcess.start(user.prefix(), command(programs, data, chosenPort), "INT", log);
        EmbeddedPostgres postgres = new EmbeddedPostgres(process, chosenPort, password);
        ChildProcess.awaitReady(
                "Postgres", process, () -> postgres.isReady(data.resolve("postmaster.pid")), postgres::close, log);
        return postgres;
    }

    /** Deletes the data, after stopping a server that a killed run left behind on it. */
    static void clear(Path dataRoot) {
        PartFolder folder = PartFolder.open(dataRoot, PART);
        stopLeftBehind(folder);
        folder.delete();
    }

    /** The database {@code ecommerce}. */
    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, DATABASE);
    }

    public String superuser() {
        return SUPERUSER;
    }

    public String password() {
        return password;
    }

    public int port() {
        return port;
    }

    /** The postmaster's. */
    long pid() {
        return process.pid();
    }

    /** Ends all sessions and stops the server; nothing that was committed is lost. */
    @Override
    public void close() {
        ChildProcess.stop(process.toHandle(), STOP, PATIENCE);
    }

    private static Path data(PartFolder folder) {
        return folder.path().resolve("data");
    }

    private static void stopLeftBehind(PartFolder folder) {
        Path data = data(folder);
        ChildProcess.stopLeftBehind(data.resolve("postmaster.pid"), data, STOP, PATIENCE);
    }

    /** As nobody, the server must get through the folders above its data and its programs. */
    private static void letIn(Unprivileged user, PartFolder folder, Path programs) throws IOException {
        if (user != Unprivileged.NOBODY) {
            return;
        }
        Files.setPosixFilePermissions(folder.path(), PosixFilePermissions.fromString("rwx--x--x"));
        Path postgres = programs.resolve("postgres");
        if (!ChildProcess.succeeds(ChildProcess.concat(user.prefix(), List.of("test", "-x", postgres.toString())))) {
            throw new EmbeddedPartException(
                    "Postgres runs as the user nobody here (it refuses root, and user namespaces are blocked), and nobody cannot get to %s:"
                                    .formatted(postgres)
                            + " choose a data folder that all may enter with --data DIR, for example under /var/tmp, or run as an ordinary user");
        }
    }

    /** Creates the cluster beside its place and renames it, so that a run that was cut off leaves nothing half there. */
    private static void create(PartFolder folder, Path programs, Unprivileged user, String password, Path log)
            throws IOException {
        Path unfinished = folder.path().resolve("data.unfinished");
        PartFolder.deleteTree(unfinished);
        Files.createDirectory(
                unfinished, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        user.own(unfinished);
        Path passwordFile = folder.path().resolve("initial-password");
        PartFolder.writePrivately(passwordFile, password);
        user.own(passwordFile);
        run(
                user,
                log,
                List.of(
                        programs.resolve("initdb").toString(),
                        "--pgdata=" + unfinished,
                        "--username=" + SUPERUSER,
                        "--pwfile=" + passwordFile,
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        // Sorts the same everywhere, whatever locales the machine has.
                        "--locale=C",
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8",
                        "--no-instructions"),
                "");
        Files.delete(passwordFile);
        run(
                user,
                log,
                List.of(programs.resolve("postgres").toString(), "--single", "-D", unfinished.toString(), "postgres"),
                "CREATE DATABASE " + DATABASE);
        Files.move(unfinished, data(folder), StandardCopyOption.ATOMIC_MOVE);
    }

    private static void run(Unprivileged user, Path log, List<String> command, String input) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(ChildProcess.concat(user.prefix(), command))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("TZ", "UTC"); // else initdb compares all time zones with the machine's
        Process process = builder.start();
        try (var stdin = process.outputWriter()) {
            stdin.write(input);
        }
        try {
            if (process.waitFor() != 0) {
                throw ChildProcess.failed(
                        "Postgres", "%s ended with %d".formatted(command.getFirst(), process.exitValue()), log);
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new EmbeddedPartException("Interrupted while creating the database", e);
        }
    }

    private static List<String> command(Path programs, Path data, int port) {
        List<String> settings = List.of(
                "listen_addresses=127.0.0.1",
                "port=" + port,
                "unix_socket_directories=",
                // An order that was accepted survives kill -9.
                "fsync=on",
                "synchronous_commit=on",
                // Small: the whole platform shares one small machine.
                "max_connections=100",
                "shared_buffers=16MB",
                "max_wal_size=256MB",
                "io_method=sync",
                "jit=off",
                "timezone=UTC",
                "log_timezone=UTC");
        return Stream.concat(
                        Stream.of(programs.resolve("postgres").toString(), "-D", data.toString()),
                        settings.stream().flatMap(setting -> Stream.of("-c", setting)))
                .toList();
    }

    /** Reads what the postmaster reports in its pid file, as pg_ctl does: no driver and no password needed. */
    private boolean isReady(Path pidFile) {
        try {
            List<String> lines = Files.readAllLines(pidFile);
            return lines.size() >= 8
                    && lines.getFirst().strip().equals(Long.toString(process.pid()))
                    && lines.get(7).strip().equals("ready");
        } catch (IOException e) {
            return false; // not there yet
        }
    }
}
