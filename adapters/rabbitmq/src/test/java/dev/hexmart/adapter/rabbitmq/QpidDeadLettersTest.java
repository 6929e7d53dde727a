package dev.hexmart.adapter.rabbitmq;

final class QpidDeadLettersTest extends AmqpDeadLettersContract {

    @Override
    String url() {
        return QpidBroker.shared().url();
    }
}
