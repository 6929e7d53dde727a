package dev.hexmart.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for processes that must know each other's before any of them listens.
 *
 * <p>They are below those that systems give to outgoing connections: one of these could take a port before its process listens.
 */
public final class FreePorts {

    private static final int LOWEST = 12_000;
    private static final int HIGHEST = 32_000;

    private FreePorts() {}

    public static List<Integer> find(int count) {
        List<ServerSocket> held = new ArrayList<>();
        try {
            while (held.size() < count) {
                hold(ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST), held);
            }
            List<Integer> ports = held.stream().map(ServerSocket::getLocalPort).toList();
            for (ServerSocket socket : held) {
                socket.close();
            }
            return ports;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void hold(int port, List<ServerSocket> held) throws IOException {
        try {
            held.add(new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
        } catch (BindException _) {
            // Taken; another is tried.
        }
    }
}
