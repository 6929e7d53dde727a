package dev.hexmart.adapter.rabbitmq;

final class RabbitMqMessagePublisherTest extends AmqpMessagePublisherContract {

    @Override
    String url() {
        return RealRabbitMq.url();
    }
}
