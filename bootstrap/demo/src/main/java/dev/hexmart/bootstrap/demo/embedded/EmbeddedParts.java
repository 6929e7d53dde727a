package dev.hexmart.bootstrap.demo.embedded;

import dev.hexmart.bootstrap.platform.process.Lifecycle;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/** All that the platform needs beside itself: Postgres, Redis and an AMQP broker on one data root. */
public final class EmbeddedParts implements AutoCloseable {
    private final Lifecycle lifecycle;
    private final EmbeddedPostgres postgres;
    private final EmbeddedRedis redis;
    private final EmbeddedBroker broker;

    private EmbeddedParts(Lifecycle lifecycle, EmbeddedPostgres postgres, EmbeddedRedis redis, EmbeddedBroker broker) {
        this.lifecycle = lifecycle;
        this.postgres = postgres;
        this.redis = redis;
        this.broker = broker;
    }

    /** Where the parts listen; 0 for the port that a part had last, or any free one. */
    public record WantedPorts(int postgres, int redis, int amqp) {
        public static final WantedPorts ANY = new WantedPorts(0, 0, 0);
    }

    /**
     * Starts the three side by side and returns when all are ready; when one fails, the others are stopped again.
     *
     * @param fresh delete the data of earlier runs first
     * @param progress called from several threads
     */
    public static EmbeddedParts start(Path dataRoot, boolean fresh, WantedPorts ports, Consumer<String> progress) {
        Lifecycle lifecycle = new Lifecycle();
        try {
            DataRoot root = lifecycle.add("data folder", DataRoot.open(dataRoot));
            if (fresh) {
                root.clear();
            }
            return startIn(root.path(), lifecycle, ports, progress);
        } catch (RuntimeException e) {
            lifecycle.close();
            throw e;
        }
    }

    private static EmbeddedParts startIn(Path path, Lifecycle lifecycle, WantedPorts ports, Consumer<String> progress) {
        LoggerFactory.getILoggerFactory(); // set up by several threads at once, it complains
        Future<EmbeddedPostgres> postgres;
        Future<EmbeddedRedis> redis;
        Future<EmbeddedBroker> broker;
        try (ExecutorService starters = Executors.newCachedThreadPool()) { // its close() waits for all three
            postgres = starters.submit(
                    () -> lifecycle.add("Postgres", EmbeddedPostgres.start(path, ports.postgres(), progress)));
            broker = starters.submit(() -> lifecycle.add("broker", EmbeddedBroker.start(path, ports.amqp(), progress)));
            redis = starters.submit(() -> lifecycle.add("Redis", EmbeddedRedis.start(path, ports.redis(), progress)));
        }
        return new EmbeddedParts(lifecycle, started(postgres), started(redis), started(broker));
    }

    private static <T> T started(Future<T> part) {
        if (part.state() == Future.State.FAILED) {
            throw part.exceptionNow() instanceof RuntimeException failure
                    ? failure
                    : new IllegalStateException(part.exceptionNow());
        }
        return part.resultNow();
    }

    public EmbeddedPostgres postgres() {
        return postgres;
    }

    public EmbeddedRedis redis() {
        return redis;
    }

    public EmbeddedBroker broker() {
        return broker;
    }

    /** Stops the three, each even if another fails, and lets go of the data root. */
    @Override
    public void close() {
        lifecycle.close();
    }
}
