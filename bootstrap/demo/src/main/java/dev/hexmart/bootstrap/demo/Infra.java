package dev.hexmart.bootstrap.demo;

import dev.hexmart.bootstrap.demo.embedded.EmbeddedPartException;
import dev.hexmart.bootstrap.demo.embedded.EmbeddedParts;
import dev.hexmart.bootstrap.demo.embedded.EmbeddedParts.WantedPorts;
import dev.hexmart.bootstrap.runtime.ServiceProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/** The embedded parts alone, so that the services can run as processes of their own beside them. */
public final class Infra {
    private static final String USAGE =
            "usage: hexmart infra [--data DIR] [--fresh] [--postgres-port N] [--redis-port N] [--amqp-port N]";

    private Infra() {}

    public static void main(String[] arguments) throws InterruptedException {
        long began = System.nanoTime();
        ServiceProcess.logThroughSlf4j();
        try {
            Options options = Options.parse(List.of(arguments));
            // Progress goes to the error stream: the output is a script for the shell that starts the services.
            EmbeddedParts parts =
                    EmbeddedParts.start(options.data(), options.fresh(), options.ports(), System.err::println);
            // Before the line that says ready: whoever waits for that line may stop us at once.
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(parts)));
            print(parts, Duration.ofNanos(System.nanoTime() - began));
            new CountDownLatch(1).await();
        } catch (EmbeddedPartException | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static void stop(EmbeddedParts parts) {
        System.err.println("Stopping");
        try {
            parts.close();
            System.err.println("Stopped");
            Runtime.getRuntime().halt(0); // the JVM would end with 143 for SIGTERM
        } catch (RuntimeException e) {
            System.err.println(e.getMessage());
            Runtime.getRuntime().halt(1);
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

    private record Options(Path data, boolean fresh, WantedPorts ports) {
        static Options parse(List<String> arguments) {
            Options options = new Options(Path.of(".hexmart"), false, WantedPorts.ANY);
            for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
                WantedPorts ports = options.ports();
                options = switch (rest.next()) {
                    case "--fresh" -> new Options(options.data(), true, ports);
                    case "--data" -> new Options(Path.of(value(rest)), options.fresh(), ports);
                    case "--postgres-port" -> options.on(new WantedPorts(port(rest), ports.redis(), ports.amqp()));
                    case "--redis-port" -> options.on(new WantedPorts(ports.postgres(), port(rest), ports.amqp()));
                    case "--amqp-port" -> options.on(new WantedPorts(ports.postgres(), ports.redis(), port(rest)));
                    default -> throw new IllegalArgumentException(USAGE);
                };
            }
            return options;
        }

        private Options on(WantedPorts other) {
            return new Options(data, fresh, other);
        }

        private static int port(Iterator<String> rest) {
            String text = value(rest);
            try {
                int port = Integer.parseInt(text);
                if (port >= 0 && port <= 65535) {
                    return port;
                }
            } catch (NumberFormatException e) {
                // told below, as any other that is no port
            }
            throw new IllegalArgumentException("%s is no port; %s".formatted(text, USAGE));
        }

        private static String value(Iterator<String> rest) {
            if (!rest.hasNext()) {
                throw new IllegalArgumentException(USAGE);
            }
            return rest.next();
        }
    }
}
