package dev.hexmart.bootstrap.platform.messaging;

import dev.hexmart.adapter.postgres.PostgresSettings;
import dev.hexmart.adapter.rabbitmq.BrokerSettings;
import dev.hexmart.bootstrap.platform.process.Environment;

/** Where a service keeps its state and hears its messages. */
public record MessagingSettings(PostgresSettings database, BrokerSettings broker) {

    private static final int POOL = 8;

    /** @param schema the context whose state it is */
    public static MessagingSettings from(Environment environment, String schema, String service) {
        return new MessagingSettings(
                new PostgresSettings(
                        environment.text("DATABASE_URL"),
                        environment.text("DATABASE_USER"),
                        environment.text("DATABASE_PASSWORD"),
                        schema,
                        environment.numberOr("DATABASE_POOL", POOL, 2, 100)),
                BrokerSettings.parse(environment.text("AMQP_URL"), service));
    }
}
