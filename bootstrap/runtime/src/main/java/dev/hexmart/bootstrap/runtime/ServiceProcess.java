package dev.hexmart.bootstrap.runtime;

import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Runs one service as a process: starts it from the environment, waits for SIGTERM or Ctrl-C, stops it, exits with 0. */
public final class ServiceProcess {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceProcess.class);

    private ServiceProcess() {}

    /**
     * Does not return before the process is told to stop.
     *
     * <p>A service that cannot start says why in one line, without a stack trace where its operator is to blame, and ends
     * the process with 1.
     */
    public static void run(String name, Function<Environment, AutoCloseable> start) {
        logThroughSlf4j();
        try {
            AutoCloseable service = start.apply(Environment.ofProcess());
            awaitTermination(() -> stop(name, service));
        } catch (ConfigurationError e) {
            fail(name + " cannot start: " + e.getMessage());
        } catch (RuntimeException e) {
            LOG.debug("Start failed", e);
            fail(name + " cannot start: " + firstLine(e));
        }
    }

    /** Sends what libraries log through java.util.logging the same way as everything else. */
    public static void logThroughSlf4j() {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }

    /** Waits for SIGTERM or Ctrl-C, runs the action and lets the process end with 0. */
    public static void awaitTermination(Runnable stop) {
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("shutdown").unstarted(() -> {
                    stop.run();
                    stopped.countDown();
                    // The JVM would end with 143 for SIGTERM; a stop that went well is a success.
                    Runtime.getRuntime().halt(0);
                }));
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void stop(String name, AutoCloseable service) {
        try {
            service.close();
            LOG.info("{} has stopped", name);
        } catch (Exception e) {
            LOG.warn("{} did not stop cleanly", name, e);
        }
    }

    private static void fail(String line) {
        System.err.println(line);
        System.exit(1);
    }

    private static String firstLine(RuntimeException e) {
        return String.valueOf(e.getMessage())
                .lines()
                .findFirst()
                .orElse(e.getClass().getName());
    }
}
