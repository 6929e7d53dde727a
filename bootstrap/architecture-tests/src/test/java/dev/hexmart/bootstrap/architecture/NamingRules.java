package dev.hexmart.bootstrap.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchConditions.have;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What nothing in Hexmart may be called. */
final class NamingRules {

    /** Names for things that have not been understood: anything fits in, so everything ends up there. */
    private static final Set<String> EMPTY_WORDS =
            Set.of("util", "utils", "common", "helper", "helpers", "manager", "impl", "base", "misc");

    private static final Pattern HUMP_OR_SEPARATOR = Pattern.compile("(?=[A-Z])|[.$_]");

    static final ArchRule NAMES_SAY_SOMETHING = noClasses()
            .that()
            .resideInAPackage(Code.ROOT_PACKAGE + "..")
            .should(have(describe("an empty word in their name " + EMPTY_WORDS, NamingRules::hasEmptyWord)))
            .because("a name says what a thing is for: ask what the class knows, and call it that");

    private NamingRules() {}

    private static boolean hasEmptyWord(JavaClass type) {
        return Stream.of(HUMP_OR_SEPARATOR.split(type.getName()))
                .map(word -> word.toLowerCase(Locale.ROOT))
                .anyMatch(EMPTY_WORDS::contains);
    }
}
