package dev.hexmart.bootstrap.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.CollationKey;
import java.text.Collator;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAmount;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What holds in domain and application. */
final class CoreRules {

    static final String DOMAIN = "dev.hexmart.domain";
    static final String APPLICATION = "dev.hexmart.application";

    private static final String[] CORE = {DOMAIN + "..", APPLICATION + ".."};

    /** What the contexts have in common: values, and the messages that they exchange. */
    private static final Set<String> VOCABULARY = Set.of("domain.shared", "domain.messages");

    /** What the use cases of every context stand on. */
    private static final Set<String> GROUND = Set.of(
            "application.messaging",
            "application.transaction",
            "application.identity",
            "application.idempotency",
            "application.failure");

    /** Each package of the core and what it may know beside itself and {@link #JDK}; what is not here may not exist. */
    static final Map<String, Set<String>> MAY_KNOW = Map.ofEntries(
            Map.entry("domain.shared", Set.of()),
            Map.entry("domain.messages", Set.of("domain.shared")),
            Map.entry("domain.catalog", VOCABULARY),
            Map.entry("domain.cart", VOCABULARY),
            Map.entry("domain.ordering", VOCABULARY),
            Map.entry("domain.payment", VOCABULARY),
            Map.entry("application.failure", Set.of()),
            Map.entry("application.identity", vocabularyAnd(Stream.of("application.failure"))),
            Map.entry("application.limit", Set.of("application.failure")),
            Map.entry("application.idempotency", vocabularyAnd(Stream.of("application.failure"))),
            Map.entry("application.transaction", Set.of()),
            Map.entry(
                    "application.messaging",
                    vocabularyAnd(Stream.of("application.failure", "application.transaction", "application.identity"))),
            Map.entry("application.catalog", useCasesOf("domain.catalog")),
            Map.entry("application.cart", useCasesOf("domain.cart")),
            Map.entry("application.ordering", useCasesOf("domain.ordering")),
            Map.entry("application.payment", useCasesOf("domain.payment")));

    /**
     * The whole of the JDK for the core. Class literals, because they cannot be misspelt; classes rather than packages,
     * because {@code java.lang} and {@code java.util} also hold threads, processes, the console, the environment,
     * thread-locals, timers and dice.
     */
    private static final Set<Class<?>> JDK = Set.of(
            // the language
            Object.class,
            Record.class,
            Enum.class,
            Class.class,
            Override.class,
            FunctionalInterface.class,
            SafeVarargs.class,
            AutoCloseable.class,
            Iterable.class,
            Comparable.class,
            // what must not be done twice at once
            Lock.class,
            ReentrantLock.class,
            // values
            Boolean.class,
            Character.class,
            Character.UnicodeScript.class,
            CollationKey.class,
            Collator.class,
            Normalizer.class,
            Normalizer.Form.class,
            CharSequence.class,
            Integer.class,
            Long.class,
            Math.class,
            String.class,
            StringBuilder.class,
            Charset.class,
            StandardCharsets.class,
            URI.class,
            Duration.class,
            Instant.class,
            InstantSource.class,
            ChronoUnit.class,
            TemporalAmount.class,
            HexFormat.class,
            Locale.class,
            MessageDigest.class,
            UUID.class,
            // collections
            ArrayDeque.class,
            ArrayList.class,
            Arrays.class,
            Collection.class,
            Collections.class,
            Comparator.class,
            Deque.class,
            EnumMap.class,
            EnumSet.class,
            HashMap.class,
            HashSet.class,
            Iterator.class,
            LinkedHashMap.class,
            LinkedHashSet.class,
            List.class,
            Map.class,
            Map.Entry.class,
            Objects.class,
            Optional.class,
            OptionalInt.class,
            OptionalLong.class,
            SequencedMap.class,
            SequencedSet.class,
            Set.class,
            SortedMap.class,
            SortedSet.class,
            TreeMap.class,
            TreeSet.class);

    /** Packages that are pure to the last class. */
    private static final String[] PURE_PACKAGES = {"java.util.function", "java.util.stream"};

    /** Pure, and not for the domain: its values are made for each row that is read, where a regular expression is too dear. */
    private static final String REGULAR_EXPRESSIONS = "java.util.regex";

    /** The back doors of classes that are welcome otherwise. */
    private static final Map<Class<?>, Set<String>> IMPURE = Map.of(
            Instant.class, Set.of("now"),
            InstantSource.class, Set.of("system"),
            UUID.class, Set.of("randomUUID"),
            Math.class, Set.of("random"),
            Collections.class, Set.of("shuffle"));

    static final ArchRule TAKES_TIME_AND_CHANCE_FROM_OUTSIDE = noClasses()
            .that()
            .resideInAnyPackage(CORE)
            .should()
            .accessTargetWhere(describe("it reads the clock or throws dice", CoreRules::isImpure))
            .because("the core is given its time and its chance: take an InstantSource or a Supplier<UUID>");

    static final ArchRule IS_CLOSED = classes()
            .that()
            .resideInAnyPackage(CORE)
            .and(describe("are written by hand", type -> !type.isAnonymousClass() && !isSynthetic(type)))
            .should(be(describe("a record, an enum, an interface, final or sealed", CoreRules::isClosed)))
            .because("a class that any other may extend has behaviour that cannot be known from its own code");

    static final ArchRule IS_IMMUTABLE = fields().that()
            .areDeclaredInClassesThat()
            .resideInAnyPackage(CORE)
            .should()
            .beFinal()
            .because("a change of state is a new value");

    static final ArchRule HAS_NO_SETTERS = noMethods()
            .that()
            .areDeclaredInClassesThat()
            .resideInAnyPackage(CORE)
            .should(be(describe("a setter", CoreRules::isSetter)))
            .because("a change of state has a name in the shop's own language");

    private CoreRules() {}

    /** The rule that a row of {@link #MAY_KNOW} stands for. */
    static ArchRule knowsOnlyWhatItMay(String place) {
        List<String> known = Stream.concat(
                        Stream.of(place), MAY_KNOW.get(place).stream().sorted())
                .toList();
        String[] packages =
                known.stream().map(each -> Code.ROOT_PACKAGE + "." + each).toArray(String[]::new);
        DescribedPredicate<JavaClass> allowed = resideInAnyPackage(packages)
                .or(resideInAnyPackage(PURE_PACKAGES))
                .or(describe(
                        "regular expressions outside of the domain",
                        type -> !place.startsWith("domain.")
                                && type.getPackageName().equals(REGULAR_EXPRESSIONS)))
                .or(nameMatching("java\\..*(Exception|Error|Throwable)"))
                .or(describe("the core's part of the JDK", type -> JDK.stream().anyMatch(type::isEquivalentTo)));
        return classes()
                .that()
                .resideInAPackage(Code.ROOT_PACKAGE + "." + place)
                .should(References.only("are in " + known + " or in the core's part of the JDK", allowed))
                .because("each context is on its own: they tell each other things by messages, and the rest by ports");
    }

    private static boolean isImpure(JavaAccess<?> access) {
        AccessTarget target = access.getTarget();
        return IMPURE.entrySet().stream()
                .anyMatch(entry -> target.getOwner().isEquivalentTo(entry.getKey())
                        && entry.getValue().contains(target.getName()));
    }

    private static boolean isClosed(JavaClass type) {
        return type.isRecord()
                || type.isEnum()
                || type.isInterface()
                || type.isSealed()
                || type.getModifiers().contains(JavaModifier.FINAL);
    }

    private static boolean isSynthetic(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.SYNTHETIC);
    }

    private static boolean isSetter(JavaMethod method) {
        return method.getName().matches("set[A-Z].*")
                && method.getRawReturnType().isEquivalentTo(void.class);
    }

    private static Set<String> useCasesOf(String context) {
        return vocabularyAnd(Stream.concat(Stream.of(context), GROUND.stream()));
    }

    private static Set<String> vocabularyAnd(Stream<String> more) {
        return Stream.concat(VOCABULARY.stream(), more).collect(Collectors.toUnmodifiableSet());
    }
}
