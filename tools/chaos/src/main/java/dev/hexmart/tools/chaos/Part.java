package dev.hexmart.tools.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

/** A service or a store as a process, with all that it starts; one that ends by itself is started again. */
final class Part {

    private static final int PATIENCE_SECONDS = 20;

    private final String name;
    private final Function<Map<String, String>, Process> starter;
    private Process process;
    private boolean wanted = true;

    /** @param starter takes variables for one start alone */
    Part(String name, Process running, Function<Map<String, String>, Process> starter) {
        this.name = name;
        this.process = running;
        this.starter = starter;
    }

    String name() {
        return name;
    }

    synchronized void start(Map<String, String> variables) {
        wanted = true;
        if (process.isAlive()) {
            return;
        }
        process = starter.apply(variables);
    }

    /** As a container with {@code restart: always}. Returns whether it was needed. */
    synchronized boolean startIfEnded() {
        if (!wanted || process.isAlive()) {
            return false;
        }
        start(Map.of());
        return true;
    }

    synchronized void kill() {
        wanted = false;
        List<ProcessHandle> all = all().toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(one -> one.onExit().join());
    }

    /** Asks it to end, and after {@value #PATIENCE_SECONDS} s makes it. */
    synchronized void stop() {
        wanted = false;
        // To Postgres SIGTERM means: when the last session has ended.
        run(List.of("kill", name.equals(Stores.POSTGRES) ? "-INT" : "-TERM", Long.toString(process.pid())));
        try {
            if (process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        kill();
    }

    /** @param name STOP or CONT */
    synchronized void signal(String name) {
        List<String> ids = all().map(one -> Long.toString(one.pid())).toList();
        run(Stream.concat(Stream.of("kill", "-" + name), ids.stream()).toList());
    }

    private Stream<ProcessHandle> all() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants());
    }

    static void run(List<String> command) {
        try {
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
