package dev.hexmart.bootstrap.demo.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;

/** Chooses the loopback ports of the parts, so that a restart finds them where they were. */
public final class Ports {

    private static final int LOWEST = 12_000;
    private static final int HIGHEST = 32_000;

    private Ports() {}

    /**
     * The wanted port, or for 0 the one in {@code memory} while it is free and any free one otherwise; remembered there.
     *
     * @param owner who will listen, for the message when a wanted port is taken
     * @param setting what to change then
     */
    public static int choose(Path memory, int wanted, String owner, String setting) {
        int port = wanted == 0 ? remembered(memory).orElseGet(Ports::anyFree) : required(wanted, owner, setting);
        try {
            Files.writeString(memory, Integer.toString(port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return port;
    }

    private static int required(int port, String owner, String setting) {
        whyNotFree(port).ifPresent(reason -> {
            throw new EmbeddedPartException(
                    "Port %d, wanted for %s, cannot be used (%s): stop what holds it, or choose another with %s (0 takes any free one)"
                            .formatted(port, owner, reason, setting));
        });
        return port;
    }

    private static OptionalInt remembered(Path memory) {
        try {
            int port = Integer.parseInt(Files.readString(memory).strip());
            return whyNotFree(port).isEmpty() ? OptionalInt.of(port) : OptionalInt.empty();
        } catch (IOException | IllegalArgumentException e) {
            return OptionalInt.empty(); // nothing remembered, or nothing of use
        }
    }

    private static Optional<String> whyNotFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /**
     * A free port for something that listens later.
     *
     * <p>It is below the ports that systems give to outgoing connections: one of these could take it before.
     */
    public static int freeForLater() {
        return ThreadLocalRandom.current()
                .ints(LOWEST, HIGHEST)
                .filter(port -> whyNotFree(port).isEmpty())
                .findFirst()
                .orElseThrow();
    }

    private static int anyFree() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
