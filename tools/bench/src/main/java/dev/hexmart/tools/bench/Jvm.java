package dev.hexmart.tools.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** How a service's JVM is started: by the options of the images. */
public record Jvm(List<String> options) {

    /** Sized by the container's memory in an image; here by {@code --heap}. */
    private static final String HEAP_BY_CONTAINER = "-XX:MaxRAMPercentage";

    /** @param heap such as 256m */
    public static Jvm ofImages(Path root, String heap) {
        Path file = root.resolve("infra/image/java.options");
        try {
            List<String> options = new ArrayList<>(List.of("-Xmx" + heap));
            Files.readAllLines(file).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .filter(line -> !line.startsWith(HEAP_BY_CONTAINER) && !line.startsWith("-Djava.io.tmpdir"))
                    .forEach(options::add);
            return new Jvm(List.copyOf(options));
        } catch (IOException e) {
            throw new UncheckedIOException("the JVM options of the images cannot be read: " + e, e);
        }
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    static Path jar(Path root, String module) {
        return root.resolve("bootstrap/" + module + "/target/hexmart-" + module + ".jar");
    }

    /** @param extra options for this start alone */
    Process start(
            Path jar,
            String main,
            List<String> extra,
            List<String> arguments,
            Map<String, String> environment,
            Path log) {
        List<String> command = new ArrayList<>(List.of(java()));
        command.addAll(options);
        command.addAll(extra);
        command.addAll(List.of("-cp", jar.toString(), main));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends SIGTERM to all, waits for their end, and kills what is still there then. */
    public static void stop(List<Process> processes, long patience, TimeUnit unit) {
        processes.forEach(Process::destroy);
        for (Process process : processes) {
            try {
                if (!process.waitFor(patience, unit)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                process.destroyForcibly();
            }
        }
    }

    /** The last lines of a log, for a message. */
    public static String endOf(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
        } catch (IOException _) {
            return "(no log at " + log + ")";
        }
    }
}
