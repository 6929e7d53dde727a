package dev.hexmart.tools.bench.generator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Programs of the machine, by their names. @param path the PATH */
public record Tools(String path) {

    /** What a program printed to both its outputs. */
    public record Output(int status, String text) {}

    public Optional<Path> find(String program) {
        return Stream.of(path.split(":"))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** The first line that a program prints about itself. */
    public String version(Path program, String option) {
        return run(List.of(program.toString(), option), Map.of(), 10)
                .text()
                .lines()
                .findFirst()
                .orElse(String.valueOf(program.getFileName()));
    }

    /** Runs a program to its end. */
    public Output run(List<String> command, Map<String, String> environment, int seconds) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            Thread watch = Thread.ofVirtual().start(() -> stopAfter(process, seconds));
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = process.waitFor();
            watch.interrupt();
            return new Output(status, text);
        } catch (IOException e) {
            throw new BenchFailure(command.getFirst() + " could not be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchFailure("interrupted", e);
        }
    }

    private static void stopAfter(Process process, int seconds) {
        try {
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            // it has ended
        }
    }
}
