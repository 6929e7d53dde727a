package dev.hexmart.bootstrap.architecture;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The types that a class depends on: those that ArchUnit finds, and all others that its class file names. ArchUnit 1.5 does not
 * see types in {@code switch} patterns, casts, new arrays and local variables.
 */
final class References {

    /** A descriptor or a generic signature, of a field, a method or a local variable. */
    private static final Pattern DESCRIPTOR =
            Pattern.compile("[\\w$/;<>:+*()\\[.-]*L[\\w$/]+[;<][\\w$/;<>:+*()\\[.-]*");

    private static final Pattern IN_DESCRIPTOR = Pattern.compile("L([\\w$]+(?:/[\\w$]+)+)(?=[;<])");

    /** A label of a {@code switch} that is an enum's constant has the name of the enum as a text. */
    private static final Pattern BINARY_NAME = Pattern.compile("(?:[a-z]\\w*\\.)+[A-Z][\\w$]*");

    /** What the compiler adds for switches, lambdas, records and concatenation; a call of one's own ArchUnit sees. */
    private static final Pattern COMPILERS_OWN = Pattern.compile("java\\.lang\\.(invoke|runtime|constant)\\..*");

    private static final Map<String, JavaClass> BY_NAME = new ConcurrentHashMap<>();

    /** Each class file of the project is read once for all rules. */
    private static final Map<URI, Set<String>> NAMED_IN = new ConcurrentHashMap<>();

    private References() {}

    /** The condition that a class depends on allowed types only. */
    static ArchCondition<JavaClass> only(String description, Predicate<JavaClass> allowed) {
        return only(description, (_, target) -> allowed.test(target));
    }

    /** @param allowed of the class and the type that it depends on; of an array, what it is an array of */
    static ArchCondition<JavaClass> only(String description, BiPredicate<JavaClass, JavaClass> allowed) {
        return new ArchCondition<>("depend only on classes that " + description) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                Set<String> seen = new HashSet<>();
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    JavaClass target = dependency.getTargetClass().getBaseComponentType();
                    seen.add(target.getName());
                    if (!target.isPrimitive() && !allowed.test(type, target)) {
                        events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
                    }
                }
                Optional<Path> planted = Optional.of(folder(type)).filter(References::isPlanted);
                URI file = type.getSource().orElseThrow().getUri();
                // A planted class is compiled anew for each test, at the same place.
                Set<String> named = planted.isPresent()
                        ? inClassFile(file)
                        : NAMED_IN.computeIfAbsent(file, References::inClassFile);
                for (String name : named) {
                    if (!seen.contains(name)
                            && !name.equals(type.getName())
                            && !allowed.test(type, named(name, planted))) {
                        events.add(SimpleConditionEvent.violated(
                                type, "Class <%s> names <%s> in its class file".formatted(type.getName(), name)));
                    }
                }
            }
        };
    }

    private static Set<String> inClassFile(URI file) {
        try (InputStream in = file.toURL().openStream()) {
            return names(ClassFile.of().parse(in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> names(ClassModel type) {
        Set<String> names = new TreeSet<>();
        Set<Utf8Entry> literals = new HashSet<>();
        for (PoolEntry entry : type.constantPool()) {
            switch (entry) {
                case ClassEntry it -> names.add(element(it.asInternalName()));
                case StringEntry it -> literals.add(it.utf8());
                default -> {
                    // No type, or one that is there as a text as well.
                }
            }
        }
        for (PoolEntry entry : type.constantPool()) {
            if (entry instanceof Utf8Entry it
                    && !literals.contains(it)
                    && it.stringValue().indexOf(';') >= 0
                    && DESCRIPTOR.matcher(it.stringValue()).matches()) {
                IN_DESCRIPTOR.matcher(it.stringValue()).results().forEach(found -> names.add(dotted(found.group(1))));
            }
        }
        type.findAttribute(Attributes.bootstrapMethods()).stream()
                .flatMap(attribute -> attribute.bootstrapMethods().stream())
                .flatMap(method -> method.arguments().stream())
                .filter(argument -> argument instanceof StringEntry)
                .map(argument -> ((StringEntry) argument).stringValue())
                .filter(text -> BINARY_NAME.matcher(text).matches())
                .forEach(names::add);
        names.removeIf(name -> name.isEmpty() || COMPILERS_OWN.matcher(name).matches());
        return names;
    }

    /** Of an array, what it is an array of; empty where that is a primitive. */
    private static String element(String internalName) {
        if (!internalName.startsWith("[")) {
            return dotted(internalName);
        }
        String element = internalName.replace("[", "");
        return element.startsWith("L") ? dotted(element.substring(1, element.length() - 1)) : "";
    }

    private static String dotted(String internalName) {
        return internalName.replace('/', '.');
    }

    /** @param planted where the class that names it lies, and it as well, if a test has planted both */
    private static JavaClass named(String name, Optional<Path> planted) {
        return planted.map(folder -> folder.resolve(name.replace('.', '/') + ".class"))
                .filter(Files::exists)
                .map(file -> new ClassFileImporter().importPath(file).get(name))
                .orElseGet(() -> BY_NAME.computeIfAbsent(name, References::onTheClassPath));
    }

    private static JavaClass onTheClassPath(String name) {
        return Code.MAIN.contain(name) ? Code.MAIN.get(name) : inALibrary(name);
    }

    /** With its supertypes alone: to read what each class of a library uses takes ArchUnit minutes. */
    private static JavaClass inALibrary(String name) {
        Class<?> type;
        try {
            type = Class.forName(name, false, References.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("A class file names a class that is not there: " + name, e);
        }
        return ArchConfiguration.withThreadLocalScope(configuration -> {
            for (String kind : List.of("MemberTypes", "AccessesToTypes", "AnnotationTypes", "GenericSignatureTypes")) {
                configuration.setProperty("import.dependencyResolutionProcess.maxIterationsFor" + kind, "0");
            }
            return new ClassFileImporter().importClass(type);
        });
    }

    private static boolean isPlanted(Path folder) {
        return Project.MODULES.stream().map(Project::classes).noneMatch(folder::equals);
    }

    /** Where its package begins. */
    private static Path folder(JavaClass type) {
        Path folder = Path.of(type.getSource().orElseThrow().getUri());
        for (int i = type.getName().split("\\.").length; i > 0; i--) {
            folder = folder.getParent();
        }
        return folder;
    }
}
