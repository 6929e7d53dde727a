package dev.hexmart.adapter.rabbitmq;

import com.rabbitmq.client.Address;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.ShutdownSignalException;
import dev.hexmart.application.failure.InfrastructureFailure;
import dev.hexmart.application.failure.PermanentFailure;
import dev.hexmart.application.failure.TemporaryFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * A connection that reconnects by itself; its channels are lost and have to be opened again.
 *
 * <p>Of several nodes each is tried in a random order until one has the whole topology, so that the connections of all
 * services spread over the cluster, and a node that is up but paused, or has lost the majority, is passed over.
 */
final class SupervisedConnection implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SupervisedConnection.class);
    private static final int CLOSE_WITHIN_MILLIS = 2_000;

    private final BrokerSettings settings;
    private final String name;
    private final ConnectionFactory factory;
    private final ScheduledThreadPoolExecutor supervisor;
    private volatile Optional<Connection> current = Optional.empty();
    private volatile boolean blocked;
    private volatile boolean closed;

    private SupervisedConnection(BrokerSettings settings, String purpose) {
        this.settings = settings;
        this.name = "%s (%s)".formatted(settings.connectionName(), purpose);
        this.factory = settings.connectionFactory();
        this.supervisor = new ScheduledThreadPoolExecutor(
                1,
                Thread.ofPlatform().daemon().name("amqp-supervisor-" + purpose).factory());
        supervisor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        supervisor.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    /**
     * Tries once to connect; if the broker is not there, goes on trying in the background.
     *
     * @throws PermanentFailure when the broker is there and refuses us
     */
    static SupervisedConnection open(BrokerSettings settings, String purpose) {
        SupervisedConnection connection = new SupervisedConnection(settings, purpose);
        try {
            connection.connect();
        } catch (TemporaryFailure e) {
            connection.connectLater(1, e);
        } catch (PermanentFailure e) {
            connection.close();
            throw e;
        }
        return connection;
    }

    boolean isOpen() {
        return current.filter(Connection::isOpen).isPresent();
    }

    /** Whether the broker blocks publishers, because it is short of memory or disk. */
    boolean isBlocked() {
        return blocked;
    }

    /**
     * Opens a channel, on a broker that has the whole topology.
     *
     * <p>It is declared every time, so that a deleted queue is created again at its next use.
     */
    Channel openChannel() {
        return openChannel(current.orElseThrow(() -> new TemporaryFailure(
                "There is no connection to the broker at %s (AMQP_URL)".formatted(settings.address()))));
    }

    /** Closes the channel, where it is not closed yet. */
    static void abandon(Channel channel) {
        try {
            channel.abort();
        } catch (IOException e) {
            LOG.debug("A channel was closed by the loss of its connection", e);
        }
    }

    @Override
    public void close() {
        closed = true;
        supervisor.shutdown();
        current.ifPresent(connection -> connection.abort(CLOSE_WITHIN_MILLIS));
    }

    private Channel openChannel(Connection connection) {
        Channel channel;
        try {
            channel = connection.createChannel();
        } catch (IOException | ShutdownSignalException e) {
            throw failure(e);
        }
        if (channel == null) {
            throw new TemporaryFailure("The broker at %s allows no further channel".formatted(settings.address()));
        }
        try {
            Topology.declare(channel);
        } catch (IOException | ShutdownSignalException e) {
            abandon(channel);
            throw failure(e);
        }
        return channel;
    }

    private void connect() {
        List<Address> nodes = new ArrayList<>(settings.nodes());
        Collections.shuffle(nodes);
        Connection connection = connect(nodes);
        blocked = false;
        connection.addBlockedListener(_ -> blocked = true, () -> blocked = false);
        current = Optional.of(connection);
        // Called at once where it has been lost already.
        connection.addShutdownListener(this::lost);
        if (closed) {
            connection.abort(CLOSE_WITHIN_MILLIS);
        }
    }

    /** @throws PermanentFailure when the first one that answers refuses us */
    private Connection connect(List<Address> nodes) {
        try {
            return connect(nodes.getFirst());
        } catch (TemporaryFailure e) {
            if (nodes.size() == 1) {
                throw e;
            }
            return connect(nodes.subList(1, nodes.size()));
        }
    }

    private Connection connect(Address node) {
        Connection connection;
        try {
            connection = factory.newConnection(List.of(node), name);
        } catch (IOException | TimeoutException | ShutdownSignalException e) {
            throw failure(e);
        }
        try {
            abandon(openChannel(connection));
        } catch (RuntimeException e) {
            connection.abort(CLOSE_WITHIN_MILLIS);
            throw e;
        }
        LOG.info("Connected to the broker at {} as {}", node, name);
        return connection;
    }

    private void lost(ShutdownSignalException cause) {
        current = Optional.empty();
        connectLater(1, new TemporaryFailure("The connection was lost", cause));
    }

    private void connectAgain(int failures) {
        try {
            connect();
        } catch (RuntimeException | Error e) {
            connectLater(failures + 1, e);
        }
    }

    private void connectLater(int failures, Throwable why) {
        if (closed) {
            return;
        }
        LOG.atLevel(why instanceof PermanentFailure ? Level.ERROR : Level.WARN)
                .log("{} is not connected and goes on trying: {}", name, why.getMessage());
        long pause = BackOff.after(failures).toMillis();
        supervisor.schedule(() -> connectAgain(failures), pause, TimeUnit.MILLISECONDS);
    }

    /** Whether a retry makes sense, as far as the broker's reply tells. */
    InfrastructureFailure failure(Exception e) {
        return Refusal.in(e)
                .<InfrastructureFailure>map(refusal -> new PermanentFailure(explain(refusal), e))
                .orElseGet(() -> new TemporaryFailure(
                        "The broker at %s (AMQP_URL) cannot be reached: %s".formatted(settings.address(), e), e));
    }

    private String explain(Refusal refusal) {
        return switch (refusal) {
            case Refusal.OfUser _ ->
                "The broker at %s refuses the user %s or its password: correct AMQP_URL"
                        .formatted(settings.address(), settings.user());
            case Refusal.OfCertificate(var text) ->
                "The TLS certificate of the broker at %s is not trusted: correct AMQP_URL, or the JVM's trust store (%s)"
                        .formatted(settings.address(), text);
            case Refusal.OfRequest(var text) ->
                ("The broker at %s refuses what %s asks for: %s. Correct the virtual host in AMQP_URL, give the user its"
                                + " permissions, or delete the queue or exchange that was declared otherwise")
                        .formatted(settings.address(), settings.user(), text);
        };
    }
}
