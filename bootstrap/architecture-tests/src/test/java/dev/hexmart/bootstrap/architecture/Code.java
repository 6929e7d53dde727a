package dev.hexmart.bootstrap.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** The compiled classes of all modules, read once. */
final class Code {

    static final String ROOT_PACKAGE = "dev.hexmart";

    /** What runs in production. */
    static final JavaClasses MAIN = read(module -> List.of(Project.classes(module)));

    /** The same and the tests, which is where the ports' contracts are. */
    static final JavaClasses ALL = read(module -> List.of(Project.classes(module), Project.testClasses(module)));

    private Code() {}

    /** The part of a package name behind a prefix, up to the next dot; empty when the class lies elsewhere. */
    static String segmentAfter(String prefix, JavaClass type) {
        String name = type.getPackageName();
        return name.startsWith(prefix + ".")
                ? name.substring(prefix.length() + 1).split("\\.")[0]
                : "";
    }

    private static JavaClasses read(Function<Path, List<Path>> folders) {
        return new ClassFileImporter()
                .importPaths(Project.MODULES.stream()
                        .map(folders)
                        .flatMap(List::stream)
                        .filter(Files::isDirectory)
                        .toList());
    }
}
