package dev.hexmart.bootstrap.platform.process;

import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Runs one service as a process: starts it from the environment, waits for SIGTERM or Ctrl-C, stops it, exits with 0. */
public final class ServiceProcess {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceProcess.class);

    private ServiceProcess() {}

    /**
     * Does not return.
     *
     * <p>A service that cannot start says why in one line, and ends the process with 1.
     */
    public static void run(String name, Function<Environment, AutoCloseable> start) {
        logThroughSlf4j();
        Termination termination = Termination.listen();
        try {
            Environment environment = Environment.ofProcess();
            requireLogFormat(environment);
            AutoCloseable service = start.apply(environment);
            LOG.info("{} is ready", name);
            termination.await();
            stop(name, service);
            termination.exit(0);
        } catch (RuntimeException e) {
            LOG.debug("Start failed", e);
            System.err.println(name + " cannot start: " + firstLine(e));
            termination.exit(1);
        }
    }

    /** Sends what libraries log through java.util.logging the same way as everything else. */
    public static void logThroughSlf4j() {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }

    /** The log's own configuration reads the variable too, but would merely fall silent over one that it does not know. */
    public static void requireLogFormat(Environment environment) {
        environment.choiceOr("LOG_FORMAT", "text", "text", "json");
    }

    private static void stop(String name, AutoCloseable service) {
        try {
            service.close();
            LOG.info("{} has stopped", name);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.warn("{} did not stop cleanly", name, e);
        }
    }

    private static String firstLine(RuntimeException e) {
        return String.valueOf(e.getMessage())
                .lines()
                .findFirst()
                .orElse(e.getClass().getName());
    }
}
