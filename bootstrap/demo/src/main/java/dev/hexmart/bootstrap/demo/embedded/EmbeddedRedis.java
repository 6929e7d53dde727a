package dev.hexmart.bootstrap.demo.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** A Redis server of our own, on the loopback interface, with its data in the data root. */
public final class EmbeddedRedis implements AutoCloseable {
    private static final String PART = "redis";
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** Writes what it holds back and ends. */
    private static final List<String> STOP = List.of("TERM");

    private final Process process;
    private final int port;
    private final String password;

    private EmbeddedRedis(Process process, int port, String password) {
        this.process = process;
        this.port = port;
        this.password = password;
    }

    /**
     * Starts the server and returns when it takes commands.
     *
     * @param dataRoot the folder of all parts; the caller holds it as {@link DataRoot}
     * @param port 0 for the one that it had last, or any free one
     */
    public static EmbeddedRedis start(Path dataRoot, int port, Consumer<String> progress) {
        PartFolder folder = PartFolder.open(dataRoot, PART);
        stopLeftBehind(folder);
        Path program = new Binaries(dataRoot, progress).redis();
        int chosenPort = folder.port(port, "Redis", "--redis-port");
        String password = folder.password();
        Path configuration = configuration(folder);
        try {
            // A file, because every user of the machine may read a command line.
            PartFolder.writePrivately(configuration, configuration(folder, chosenPort, password));
        } catch (IOException e) {
            throw new EmbeddedPartException("Could not write " + configuration, e);
        }
        Path log = ChildProcess.newLog(folder.path().resolve("redis.log"));
        Process process =
                ChildProcess.start(List.of(), List.of(program.toString(), configuration.toString()), "TERM", log);
        EmbeddedRedis redis = new EmbeddedRedis(process, chosenPort, password);
        ChildProcess.awaitReady("Redis", process, redis::answers, redis::close, log);
        return redis;
    }

    /** Deletes the data, after stopping a server that a killed run left behind on it. */
    static void clear(Path dataRoot) {
        PartFolder folder = PartFolder.open(dataRoot, PART);
        stopLeftBehind(folder);
        folder.delete();
    }

    /** With the password in it. */
    public String redisUrl() {
        return "redis://:%s@127.0.0.1:%d".formatted(password, port);
    }

    public int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    /** Writes everything to disk and stops the server. */
    @Override
    public void close() {
        ChildProcess.stop(process.toHandle(), STOP, PATIENCE);
    }

    private static void stopLeftBehind(PartFolder folder) {
        ChildProcess.stopLeftBehind(pidFile(folder), configuration(folder), STOP, PATIENCE);
    }

    private static Path pidFile(PartFolder folder) {
        return folder.path().resolve("redis.pid");
    }

    private static Path configuration(PartFolder folder) {
        return folder.path().resolve("redis.conf");
    }

    private static String configuration(PartFolder folder, int port, String password) {
        return """
                bind 127.0.0.1
                port %d
                requirepass %s
                dir %s
                pidfile %s
                # A cart may lose its last second, no more.
                appendonly yes
                appendfsync everysec
                save ""
                # Full is an error that is seen, never a cart that is gone.
                maxmemory-policy noeviction
                # The command line stays as it is, so that the next start knows this process for its own.
                set-proc-title no
                """.formatted(port, password, quoted(folder.path()), quoted(pidFile(folder)));
    }

    private static String quoted(Path path) {
        return '"' + path.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** Not merely connectable: while it loads its data it answers with errors. */
    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            socket.setSoTimeout(1000);
            socket.getOutputStream()
                    .write("AUTH %s\r\nPING\r\nQUIT\r\n".formatted(password).getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return answer.startsWith("+OK\r\n+PONG\r\n");
        } catch (IOException e) {
            return false; // not listening yet
        }
    }
}
