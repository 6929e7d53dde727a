package dev.hexmart.bootstrap.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/** Sources that a test plants in a folder of its own, to be compiled as if they were Hexmart's. */
record Planted(Path folder, List<Path> files) {

    static final Path DOMAIN = Project.classes(Project.module("domain"));
    static final Path APPLICATION = Project.classes(Project.module("application"));

    private static final Pattern PACKAGE = Pattern.compile("package ([\\w.]+);");
    private static final Pattern TYPE = Pattern.compile("\\b(?:class|record|interface|enum) (\\w+)");

    static Planted in(Path folder, String... sources) {
        List<Path> files = new ArrayList<>();
        for (String source : sources) {
            Path file = folder.resolve(find(PACKAGE, source).replace('.', '/')).resolve(find(TYPE, source) + ".java");
            write(file, source);
            files.add(file);
        }
        return new Planted(folder, files);
    }

    /** The compiled classes; they see the core, and a library or two that they should not. */
    JavaClasses classes() {
        List<String> errors = compile(
                "-classpath",
                Stream.of(DOMAIN, APPLICATION, jarOf(Logger.class), jarOf(Test.class))
                        .map(Path::toString)
                        .collect(Collectors.joining(File.pathSeparator)));
        if (!errors.isEmpty()) {
            throw new AssertionError("What is planted does not even compile: " + errors);
        }
        return new ClassFileImporter().importPath(output());
    }

    /** Compiles, and returns the compiler's errors. */
    List<String> compile(String... options) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        List<String> all = Stream.concat(
                        Stream.of("-d", output().toString(), "-g", "-proc:none", "-implicit:none"), Stream.of(options))
                .toList();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(diagnostics, Locale.ROOT, null)) {
            compiler.getTask(null, manager, diagnostics, all, null, manager.getJavaFileObjectsFromPaths(files))
                    .call();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return diagnostics.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .map(diagnostic -> diagnostic.getMessage(Locale.ROOT))
                .toList();
    }

    static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path jarOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path output() {
        return folder.resolve("classes");
    }

    private static String find(Pattern pattern, String source) {
        Matcher matcher = pattern.matcher(source);
        if (!matcher.find()) {
            throw new IllegalArgumentException(pattern + " is not in " + source);
        }
        return matcher.group(1);
    }
}
