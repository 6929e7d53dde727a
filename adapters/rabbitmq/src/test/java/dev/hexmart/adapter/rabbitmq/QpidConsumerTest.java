package dev.hexmart.adapter.rabbitmq;

final class QpidConsumerTest extends AmqpConsumerContract {

    @Override
    String url() {
        return QpidBroker.shared().url();
    }
}
