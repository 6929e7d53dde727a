package dev.hexmart.bootstrap.demo.embedded;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A process that starts the three parts, stores something in each, says so, and then waits to be killed. */
final class KilledLater {
    private KilledLater() {}

    public static void main(String[] arguments) throws Exception {
        Path root = Path.of(arguments[0]);
        EmbeddedPostgres postgres = EmbeddedPostgres.start(root, 0, progress -> {});
        EmbeddedRedis redis = EmbeddedRedis.start(root, 0, progress -> {});
        EmbeddedBroker broker = EmbeddedBroker.start(root, 0, progress -> {});
        Stored.row(postgres, "before the kill");
        Stored.key(redis, "before the kill");
        Stored.message(broker, "before the kill");
        System.out.println("started " + postgres.pid() + " " + redis.pid());
        new CountDownLatch(1).await();
    }
}
