package dev.hexmart.bootstrap.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** This repository as it lies on the disk: its modules, and where their sources and classes are. */
final class Project {

    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");

    static final Path ROOT = root();
    static final List<Path> MODULES = modules(ROOT).toList();

    private Project() {}

    static Path module(String folder) {
        return ROOT.resolve(folder);
    }

    static Path sources(Path module) {
        return module.resolve("src/main/java");
    }

    static Path classes(Path module) {
        return module.resolve("target/classes");
    }

    static Path testClasses(Path module) {
        return module.resolve("target/test-classes");
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All files under a folder; none when there is no such folder. */
    static List<Path> filesIn(Path folder, String suffix) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path root() {
        Path here = Path.of("").toAbsolutePath();
        return Stream.iterate(Optional.of(here), Optional::isPresent, folder -> folder.map(Path::getParent))
                .flatMap(Optional::stream)
                .filter(folder -> Files.exists(folder.resolve("domain/pom.xml")))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(here + " is not inside a checkout of hexmart"));
    }

    /** The modules that a pom names, relative to where it lies. */
    static List<String> modulesIn(String pom) {
        return MODULE.matcher(pom).results().map(match -> match.group(1)).toList();
    }

    private static Stream<Path> modules(Path aggregator) {
        List<String> children = modulesIn(read(aggregator.resolve("pom.xml")));
        return children.isEmpty()
                ? Stream.of(aggregator)
                : children.stream().flatMap(child -> modules(aggregator.resolve(child)));
    }
}
