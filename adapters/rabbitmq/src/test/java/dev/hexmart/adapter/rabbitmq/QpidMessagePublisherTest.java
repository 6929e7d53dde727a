package dev.hexmart.adapter.rabbitmq;

final class QpidMessagePublisherTest extends AmqpMessagePublisherContract {

    @Override
    String url() {
        return QpidBroker.shared().url();
    }
}
