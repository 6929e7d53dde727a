package dev.hexmart.systemtests;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Class files on the class path, by internal names, and the types that sources declare to be something. */
final class ClassFiles {

    private static final Path ROOT =
            Path.of("").toAbsolutePath().resolve("../..").normalize();

    private ClassFiles() {}

    static ClassModel read(String name) {
        try (InputStream in = Optional.ofNullable(ClassFiles.class.getResourceAsStream("/" + name + ".class"))
                .orElseThrow(() -> new AssertionError("There is no class " + name))) {
            return ClassFile.of().parse(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String simple(String internalName) {
        return internalName.replaceFirst(".*[/$]", "");
    }

    /** As the architecture test recognizes them: by the first words of their Javadoc. */
    static Set<String> drivenPorts() {
        return simple(documented("application", "Driven port"));
    }

    /** The classes whose Javadoc begins with these words. */
    static Set<String> useCases() {
        return documented("application", "Use case");
    }

    static Set<String> simple(Set<String> names) {
        return names.stream().map(ClassFiles::simple).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The types in the modules of a folder whose source contains a text. */
    static Set<String> withSource(String folder, Predicate<String> source) {
        try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
            List<Path> sources = files.filter(file -> file.toString().contains("/src/main/java/")
                            && file.toString().endsWith(".java"))
                    .toList();
            return sources.stream()
                    .filter(file -> source.test(text(file)))
                    .map(file -> file.toString()
                            .replaceFirst(".*/src/main/java/", "")
                            .replaceFirst("\\.java$", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> documented(String folder, String words) {
        return withSource(
                folder, Pattern.compile("/\\*\\*[\\s*]*" + words + "\\b").asPredicate());
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
