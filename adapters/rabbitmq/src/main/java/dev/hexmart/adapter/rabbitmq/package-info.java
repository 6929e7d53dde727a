/**
 * The event bus: the application's messages over RabbitMQ, or over any other broker that speaks AMQP 0-9-1.
 *
 * <p>Built on what such brokers agree about: durable exchanges and queues, persistent messages, mandatory publishing with
 * confirms, acknowledgement after the effect. What they do not agree about, above all redelivery and dead-lettering, is
 * decided here and declared at the broker only as a last net.
 */
package dev.hexmart.adapter.rabbitmq;
