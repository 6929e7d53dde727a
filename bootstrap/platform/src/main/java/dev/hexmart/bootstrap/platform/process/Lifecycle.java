package dev.hexmart.bootstrap.platform.process;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that a service has opened, closed in reverse order, once, however far the start had got.
 *
 * <p>What is opened is registered at once, so a start that fails half-way leaves nothing open.
 */
public final class Lifecycle implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

    private final Deque<Closing> open = new ArrayDeque<>();

    private record Closing(String name, AutoCloseable resource) {}

    /** Registers an opened resource and returns it. */
    public synchronized <T extends AutoCloseable> T add(String name, T resource) {
        open.push(new Closing(name, resource));
        return resource;
    }

    /** Registers something to be done when everything that is opened later has been closed. */
    public void onClose(String name, Runnable action) {
        add(name, action::run);
    }

    /** Closes all, the latest first. A failure is logged and does not keep the others from being closed. */
    @Override
    public void close() {
        for (Optional<Closing> next = next(); next.isPresent(); next = next()) {
            close(next.get());
        }
    }

    private synchronized Optional<Closing> next() {
        return Optional.ofNullable(open.poll());
    }

    private static void close(Closing closing) {
        try {
            closing.resource().close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.warn("Closing {} failed", closing.name(), e);
        }
    }
}
