package dev.hexmart.adapter.rabbitmq;

import com.rabbitmq.client.Channel;
import dev.hexmart.application.failure.PermanentFailure;

/**
 * Our connections to the broker: one to publish and one to consume, so that a broker which holds up publishers does not
 * hold up acknowledgements with them.
 */
public final class Broker implements AutoCloseable {

    private final SupervisedConnection publishing;
    private final SupervisedConnection consuming;

    private Broker(SupervisedConnection publishing, SupervisedConnection consuming) {
        this.publishing = publishing;
        this.consuming = consuming;
    }

    /**
     * Connects, and declares the exchange and all queues. A broker that is away is no error: the connections come up,
     * and come back, by themselves.
     *
     * @throws PermanentFailure when the broker refuses us, such as for a wrong password in {@code AMQP_URL}
     */
    public static Broker connect(BrokerSettings settings) {
        SupervisedConnection publishing = SupervisedConnection.open(settings, "publish");
        try {
            return new Broker(publishing, SupervisedConnection.open(settings, "consume"));
        } catch (PermanentFailure e) {
            publishing.close();
            throw e;
        }
    }

    /** Whether both connections are up. */
    public boolean isHealthy() {
        return publishing.isOpen() && consuming.isOpen();
    }

    /** Closes the connections; publishers and consumers are to be closed before. */
    @Override
    public void close() {
        consuming.close();
        publishing.close();
    }

    SupervisedConnection publishing() {
        return publishing;
    }

    Channel openConsumingChannel() {
        return consuming.openChannel();
    }
}
