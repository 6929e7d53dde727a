package dev.hexmart.adapter.rabbitmq;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.rabbitmq.RabbitMQContainer;

/**
 * A RabbitMQ that tests may do with as they like: the one that {@code AMQP_URL} names, or one in a container where a
 * Docker engine answers. Where there is neither, its tests are skipped, but on a build server they fail.
 */
final class RealRabbitMq {

    private static final String MISSING =
            "NOT TESTED WITH A REAL RABBITMQ: set AMQP_URL to one that may be emptied, start a Docker engine, or run "
                    + "infra/test-broker mvn verify";

    private static final Optional<String> URL = find();

    private RealRabbitMq() {}

    static String url() {
        if (URL.isPresent()) {
            return URL.get();
        }
        return "true".equals(System.getenv("CI")) ? fail(MISSING) : abort(MISSING);
    }

    private static Optional<String> find() {
        Optional<String> given = Optional.ofNullable(System.getenv("AMQP_URL"));
        if (given.isPresent()) {
            return given;
        }
        if (DockerClientFactory.instance().isDockerAvailable()) {
            @SuppressWarnings("resource") // it ends with the JVM
            RabbitMQContainer container = new RabbitMQContainer("rabbitmq:4-management");
            container.start();
            return Optional.of(container.getAmqpUrl());
        }
        System.err.println(MISSING);
        return Optional.empty();
    }
}
