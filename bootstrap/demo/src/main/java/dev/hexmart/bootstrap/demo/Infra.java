package dev.hexmart.bootstrap.demo;

import dev.hexmart.bootstrap.demo.embedded.EmbeddedPartException;
import dev.hexmart.bootstrap.demo.embedded.EmbeddedParts;
import dev.hexmart.bootstrap.platform.process.ServiceProcess;
import dev.hexmart.bootstrap.platform.process.Termination;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The embedded parts alone, so that the services can run as processes of their own beside them. */
public final class Infra {
    private Infra() {}

    public static void main(String[] arguments) {
        long began = System.nanoTime();
        ServiceProcess.logThroughSlf4j();
        Termination termination = Termination.listen();
        try {
            Options options = Options.parse(List.of(arguments));
            // Progress goes to the error stream: the output is a script for the shell that starts the services.
            EmbeddedParts parts =
                    EmbeddedParts.start(options.data(), options.fresh(), options.ports(), System.err::println);
            print(parts, Duration.ofNanos(System.nanoTime() - began));
            termination.await();
            System.err.println("Stopping");
            parts.close();
            System.err.println("Stopped");
            termination.exit(0);
        } catch (EmbeddedPartException | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            termination.exit(1);
        }
    }

    private static void print(EmbeddedParts parts, Duration startTime) {
        System.out.printf(
                Locale.ROOT,
                """
                export DATABASE_URL='%s'
                export DATABASE_USER='%s'
                export DATABASE_PASSWORD='%s'
                export REDIS_URL='%s'
                export AMQP_URL='%s'
                # hexmart infra is ready in %.1f s, Ctrl-C stops it
                """,
                parts.postgres().jdbcUrl(),
                parts.postgres().superuser(),
                parts.postgres().password(),
                parts.redis().redisUrl(),
                parts.broker().amqpUrl(),
                startTime.toMillis() / 1000.0);
        System.out.flush();
    }
}
