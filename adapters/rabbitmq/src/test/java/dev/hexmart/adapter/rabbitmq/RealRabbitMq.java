package dev.hexmart.adapter.rabbitmq;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.rabbitmq.RabbitMQContainer;

/**
 * A RabbitMQ that tests may do with as they like: in a container of the image that {@code HEXMART_TEST_RABBITMQ_IMAGE}
 * names, the one that {@code AMQP_URL} names, or one in a container where a Docker engine answers. Where there is none,
 * its tests are skipped, but on a build server they fail.
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
        Optional<String> image = Optional.ofNullable(System.getenv("HEXMART_TEST_RABBITMQ_IMAGE"));
        if (image.isPresent()) {
            return image.map(RealRabbitMq::start);
        }
        Optional<String> given = Optional.ofNullable(System.getenv("AMQP_URL"));
        if (given.isPresent()) {
            return given;
        }
        if (DockerClientFactory.instance().isDockerAvailable()) {
            return Optional.of(start("rabbitmq:4-management"));
        }
        System.err.println(MISSING);
        return Optional.empty();
    }

    private static String start(String image) {
        @SuppressWarnings("resource") // it ends with the JVM
        RabbitMQContainer container = new RabbitMQContainer(image);
        container.start();
        return container.getAmqpUrl();
    }
}
