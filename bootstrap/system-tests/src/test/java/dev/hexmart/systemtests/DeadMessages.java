package dev.hexmart.systemtests;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;

/** Messages that a broker has given up on. */
public final class DeadMessages {

    private DeadMessages() {}

    /** Puts one where the broker would, with what it would note about it. */
    public static void add(String amqpUrl, UUID id, String type, String body) {
        ConnectionFactory factory = new ConnectionFactory();
        try {
            factory.setUri(amqpUrl);
            try (Connection connection = factory.newConnection();
                    Channel channel = connection.createChannel()) {
                channel.confirmSelect();
                BasicProperties properties = new BasicProperties.Builder()
                        .messageId(id.toString())
                        .type(type)
                        .deliveryMode(2)
                        .headers(Map.of("x-first-death-reason", "delivery_limit"))
                        .build();
                channel.basicPublish("hexmart.dead", type, properties, body.getBytes(StandardCharsets.UTF_8));
                channel.waitForConfirmsOrDie(10_000);
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
