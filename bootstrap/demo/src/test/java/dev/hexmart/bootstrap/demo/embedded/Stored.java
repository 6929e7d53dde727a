package dev.hexmart.bootstrap.demo.embedded;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.MessageProperties;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import redis.clients.jedis.RedisClient;

/** Writes to the three parts, and reads what was written. */
final class Stored {
    private static final String QUEUE = "stored";

    private Stored() {}

    static void row(EmbeddedPostgres postgres, String text) throws SQLException {
        try (var connection = connect(postgres);
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS stored (text varchar PRIMARY KEY)");
            statement.execute("INSERT INTO stored VALUES ('" + text + "')");
        }
    }

    static List<String> rows(EmbeddedPostgres postgres) throws SQLException {
        try (var connection = connect(postgres);
                var statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT text FROM stored ORDER BY text")) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(result.getString(1));
            }
            return rows;
        }
    }

    static String setting(EmbeddedPostgres postgres, String name) throws SQLException {
        try (var connection = connect(postgres);
                var statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SHOW " + name)) {
            result.next();
            return result.getString(1);
        }
    }

    static void key(EmbeddedRedis redis, String key) {
        try (RedisClient client = RedisClient.create(URI.create(redis.redisUrl()))) {
            client.set(key, "set");
        }
    }

    static boolean hasKey(EmbeddedRedis redis, String key) {
        try (RedisClient client = RedisClient.create(URI.create(redis.redisUrl()))) {
            return client.exists(key);
        }
    }

    /** To a durable queue that is declared as for RabbitMQ; returns when the broker has confirmed it. */
    static void message(EmbeddedBroker broker, String text) throws Exception {
        try (Connection connection = connect(broker);
                Channel channel = connection.createChannel()) {
            channel.queueDeclare(QUEUE, true, false, false, Map.of("x-queue-type", "quorum", "x-delivery-limit", 20));
            channel.confirmSelect();
            channel.basicPublish("", QUEUE, MessageProperties.PERSISTENT_BASIC, text.getBytes(StandardCharsets.UTF_8));
            channel.waitForConfirmsOrDie(5000);
        }
    }

    /** Takes the queue's next message. */
    static Optional<String> nextMessage(EmbeddedBroker broker) throws Exception {
        try (Connection connection = connect(broker);
                Channel channel = connection.createChannel()) {
            return Optional.ofNullable(channel.basicGet(QUEUE, true))
                    .map(GetResponse::getBody)
                    .map(body -> new String(body, StandardCharsets.UTF_8));
        }
    }

    private static java.sql.Connection connect(EmbeddedPostgres postgres) throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl(), postgres.superuser(), postgres.password());
    }

    private static Connection connect(EmbeddedBroker broker) throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(broker.amqpUrl());
        return factory.newConnection();
    }
}
