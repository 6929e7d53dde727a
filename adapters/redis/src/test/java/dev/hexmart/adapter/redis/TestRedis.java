package dev.hexmart.adapter.redis;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import redis.embedded.RedisServer;

/** One real Redis for all tests of this module, gone with the JVM. */
final class TestRedis {

    private static final int PORT = freePort();

    static {
        start();
    }

    private TestRedis() {}

    static URI url() {
        return URI.create("redis://127.0.0.1:" + PORT + "/0");
    }

    static Redis open() {
        return Redis.open(url());
    }

    private static void start() {
        RedisServer server = RedisServer.builder()
                .port(PORT)
                .setting("bind 127.0.0.1")
                .setting("save \"\"")
                .build();
        server.start();
        Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
