package dev.hexmart.adapter.redis;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.Optional;
import org.testcontainers.containers.GenericContainer;
import redis.embedded.RedisServer;

/**
 * One real Redis for all tests of this module, gone with the JVM: in a container of the image that {@code
 * HEXMART_TEST_REDIS_IMAGE} names, or as a process of this machine.
 */
final class TestRedis {

    private static final int PORT = 6379;

    private static final String URL = Optional.ofNullable(System.getenv("HEXMART_TEST_REDIS_IMAGE"))
            .map(TestRedis::startContainer)
            .orElseGet(TestRedis::start);

    /** Nothing listens there. */
    static final Redis AWAY = Redis.open(RedisSettings.parse("redis://127.0.0.1:1/0"));

    private TestRedis() {}

    static String url() {
        return URL;
    }

    static Redis open() {
        return Redis.open(RedisSettings.parse(url()));
    }

    private static String startContainer(String image) {
        @SuppressWarnings("resource") // it ends with the JVM
        GenericContainer<?> container = new GenericContainer<>(image).withExposedPorts(PORT);
        container.start();
        return url(container.getHost(), container.getMappedPort(PORT));
    }

    private static String start() {
        int port = freePort();
        RedisServer server = RedisServer.builder()
                .port(port)
                .setting("bind 127.0.0.1")
                .setting("save \"\"")
                .build();
        server.start();
        Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
        return url("127.0.0.1", port);
    }

    private static String url(String host, int port) {
        return "redis://" + host + ":" + port + "/0";
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
