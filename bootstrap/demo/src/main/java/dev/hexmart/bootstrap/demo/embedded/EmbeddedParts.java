package dev.hexmart.bootstrap.demo.embedded;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/** All that the platform needs beside itself: Postgres, Redis and an AMQP broker on one data root. */
public final class EmbeddedParts implements AutoCloseable {
    private final DataRoot root;
    private final EmbeddedPostgres postgres;
    private final EmbeddedRedis redis;
    private final EmbeddedBroker broker;

    private EmbeddedParts(DataRoot root, EmbeddedPostgres postgres, EmbeddedRedis redis, EmbeddedBroker broker) {
        this.root = root;
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
        DataRoot root = DataRoot.open(dataRoot);
        try {
            if (fresh) {
                root.clear();
            }
            return startIn(root, ports, progress);
        } catch (RuntimeException e) {
            root.close();
            throw e;
        }
    }

    private static EmbeddedParts startIn(DataRoot root, WantedPorts ports, Consumer<String> progress) {
        Path path = root.path();
        LoggerFactory.getILoggerFactory(); // set up by several threads at once, it complains
        Future<EmbeddedPostgres> postgres;
        Future<EmbeddedRedis> redis;
        Future<EmbeddedBroker> broker;
        try (ExecutorService starters = Executors.newCachedThreadPool()) { // its close() waits for all three
            postgres = starters.submit(() -> EmbeddedPostgres.start(path, ports.postgres(), progress));
            broker = starters.submit(() -> EmbeddedBroker.start(path, ports.amqp(), progress));
            redis = starters.submit(() -> EmbeddedRedis.start(path, ports.redis(), progress));
        }
        List<Future<? extends AutoCloseable>> parts = List.of(postgres, redis, broker);
        List<Throwable> failures = parts.stream()
                .filter(part -> part.state() == Future.State.FAILED)
                .map(Future::exceptionNow)
                .toList();
        if (failures.isEmpty()) {
            return new EmbeddedParts(root, postgres.resultNow(), redis.resultNow(), broker.resultNow());
        }
        RuntimeException failure = failures.getFirst() instanceof RuntimeException first
                ? first
                : new IllegalStateException(failures.getFirst());
        failures.stream().skip(1).forEach(failure::addSuppressed);
        closeAll(
                failure,
                parts.stream()
                        .filter(part -> part.state() == Future.State.SUCCESS)
                        .map(Future::resultNow)
                        .toList());
        throw failure;
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
        RuntimeException failure = new IllegalStateException("Not all embedded parts could be stopped");
        closeAll(failure, List.of(broker, redis, postgres, root));
        if (failure.getSuppressed().length > 0) {
            throw failure;
        }
    }

    private static void closeAll(RuntimeException failures, List<? extends AutoCloseable> parts) {
        for (AutoCloseable part : parts) {
            try {
                part.close();
            } catch (Exception e) {
                failures.addSuppressed(e);
            }
        }
    }
}
