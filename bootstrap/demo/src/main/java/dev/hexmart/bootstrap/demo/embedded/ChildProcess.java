package dev.hexmart.bootstrap.demo.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Starts a server as a child that dies with this JVM, even with one that is killed, and stops it. */
final class ChildProcess {
    private static final Duration READY_WITHIN = Duration.ofSeconds(60);

    /**
     * The kernel sends the parent-death signal when the <em>thread</em> that forked ends: all children are therefore
     * started by one thread that lives as long as the JVM.
     */
    private static final ExecutorService LAUNCHER = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("embedded-launcher").factory());

    private ChildProcess() {}

    /**
     * Starts a server.
     *
     * @param as the prefix that changes the user, may be empty
     * @param parentDeath the signal it gets when this JVM dies
     */
    static Process start(List<String> as, List<String> command, String parentDeath, Path log) {
        List<String> guarded = new ArrayList<>();
        // A session of its own: Ctrl-C in a terminal is for the JVM, which stops the servers last.
        List<String> ownSession = List.of("setsid");
        if (succeeds(concat(ownSession, List.of("true")))) {
            guarded.addAll(ownSession);
        }
        guarded.addAll(as);
        // Innermost, because a change of user clears it. Without it a killed JVM leaves an orphan to the next start.
        List<String> deathSignal = List.of("setpriv", "--pdeathsig", parentDeath);
        if (succeeds(concat(deathSignal, List.of("true")))) {
            guarded.addAll(deathSignal);
        }
        guarded.addAll(command);
        try {
            return LAUNCHER.submit(() -> new ProcessBuilder(guarded)
                            .redirectInput(ProcessBuilder.Redirect.from(
                                    Path.of("/dev/null").toFile()))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                            .start())
                    .get();
        } catch (ExecutionException e) {
            throw new EmbeddedPartException("Could not start " + command.getFirst(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedPartException("Interrupted while starting " + command.getFirst(), e);
        }
    }

    /** Returns when a server is ready; one that ends before, or is not ready in time, is stopped and named with its last words. */
    static void awaitReady(String name, Process process, BooleanSupplier isReady, Runnable stop, Path log) {
        long deadline = System.nanoTime() + READY_WITHIN.toNanos();
        try {
            while (!isReady.getAsBoolean()) {
                if (process.waitFor(10, TimeUnit.MILLISECONDS)) {
                    throw failed(name, "it ended with " + process.exitValue(), log);
                }
                if (System.nanoTime() > deadline) {
                    throw failed(name, "it was not ready in %d s".formatted(READY_WITHIN.toSeconds()), log);
                }
            }
        } catch (InterruptedException e) {
            stop.run();
            Thread.currentThread().interrupt();
            throw new EmbeddedPartException("Interrupted while " + name + " was starting", e);
        } catch (EmbeddedPartException e) {
            stop.run();
            throw e;
        }
    }

    static EmbeddedPartException failed(String name, String how, Path log) {
        return new EmbeddedPartException("""
                %s could not be started: %s. The end of %s:
                    %s
                If its data is beyond repair, --fresh starts with none.""".formatted(name, how, log, endOf(log)));
    }

    /** Runs a program to its end and says whether it could be started and succeeded. */
    static boolean succeeds(List<String> command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false; // not installed
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Sends each signal in turn, waiting after each for the end, and kills what outlives them all. */
    static void stop(ProcessHandle process, List<String> signals, Duration patience) {
        for (String signal : signals) {
            if (!process.isAlive()) {
                return; // and its id may be another's by now
            }
            succeeds(List.of("sh", "-c", "kill -s \"$0\" \"$1\"", signal, Long.toString(process.pid())));
            if (endsWithin(process, patience)) {
                return;
            }
        }
        process.destroyForcibly();
        endsWithin(process, patience);
    }

    /**
     * Stops the server of an earlier run that was killed, if it still runs: the process whose id the file holds.
     *
     * <p>That id may have gone to another program since, after a reboot or in a new container; one whose command line does
     * not name the given folder or file is left alone, and the pid file deleted, as a server takes it for a rival.
     */
    static void stopLeftBehind(Path pidFile, Path namedInCommandLine, List<String> signals, Duration patience) {
        Optional<ProcessHandle> recorded = recorded(pidFile);
        if (recorded.isEmpty()) {
            return;
        }
        ProcessHandle process = recorded.get();
        if (commandLine(process).contains(namedInCommandLine.toString())) {
            stop(process, signals, patience);
        } else if (process.isAlive()) {
            try {
                Files.deleteIfExists(pidFile);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static Optional<ProcessHandle> recorded(Path pidFile) {
        try (Stream<String> lines = Files.lines(pidFile)) {
            return lines.findFirst().flatMap(line -> ProcessHandle.of(Long.parseLong(line.strip())));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty(); // no such file, or one that was never finished
        }
    }

    private static String endOf(Path log) {
        try {
            List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
            return String.join("\n    ", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }

    /** Keeps the log of the run before beside the new one, so that neither grows for ever. */
    static Path newLog(Path log) {
        try {
            if (Files.exists(log)) {
                Files.move(log, log.resolveSibling(log.getFileName() + ".before"), StandardCopyOption.REPLACE_EXISTING);
            }
            return log;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> concat(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    /** Not {@code ProcessHandle.info()}, which says nothing of another user's process. */
    private static List<String> commandLine(ProcessHandle process) {
        try {
            byte[] arguments = Files.readAllBytes(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
            return List.of(new String(arguments, StandardCharsets.UTF_8).split("\0"));
        } catch (IOException e) {
            return List.of(); // ended meanwhile
        }
    }

    private static boolean endsWithin(ProcessHandle process, Duration patience) {
        try {
            process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
