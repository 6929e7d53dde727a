package dev.hexmart.bootstrap.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What holds for driven ports.
 *
 * <p>A driven port is an interface whose Javadoc says so in its first words; an interface that an adapter implements and
 * that does not say so is caught as well.
 */
final class PortRules {

    private static final Pattern DRIVEN_PORT = Pattern.compile(
            "/\\*\\*[\\s*]*Driven port\\b(?:(?!\\*/).)*\\*/\\s*(?:@\\w+\\s+)*public interface (\\w+)", Pattern.DOTALL);
    private static final Pattern PACKAGE = Pattern.compile("^package ([\\w.]+);", Pattern.MULTILINE);
    private static final String UNIT_OF_WORK = "dev.hexmart.application.messaging.UnitOfWork";

    private PortRules() {}

    /** The driven ports among the sources of a folder, by their full names. */
    static Set<String> drivenPortsIn(Path sources) {
        return Project.filesIn(sources, ".java").stream()
                .map(Project::read)
                .flatMap(PortRules::drivenPortOf)
                .collect(Collectors.toUnmodifiableSet());
    }

    static ArchRule everyPortHasAContractThatAFakeAndARealAdapterKeep(Set<String> ports, JavaClasses everything) {
        return classes()
                .that(describe("are driven ports", type -> ports.contains(type.getName())))
                .should(new ArchCondition<>("have a contract that a fake and a real adapter keep") {
                    @Override
                    public void check(JavaClass port, ConditionEvents events) {
                        whatIsMissing(port, everything)
                                .forEach(missing -> events.add(
                                        SimpleConditionEvent.violated(port, port.getName() + " " + missing)));
                    }
                })
                .because("a fake that is not compared with the real thing makes green tests and a broken shop");
    }

    static ArchRule adaptersImplementOnlyPorts(Set<String> ports) {
        return classes()
                .that()
                .areInterfaces()
                .and()
                .areTopLevelClasses()
                .and()
                .resideInAPackage(CoreRules.APPLICATION + "..")
                .and(describe(
                        "are implemented by an adapter",
                        (JavaClass type) -> type.getAllSubclasses().stream().anyMatch(PortRules::isOutsideTheCore)))
                .should(new ArchCondition<>("be driven ports, or what a transaction can reach") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        if (!ports.contains(type.getName()) && !type.isAssignableTo(UNIT_OF_WORK)) {
                            events.add(SimpleConditionEvent.violated(
                                    type,
                                    type.getName() + " is implemented by an adapter, but its Javadoc does not begin"
                                            + " with \"Driven port\" and so no contract is asked for"));
                        }
                    }
                });
    }

    private static Stream<String> drivenPortOf(String source) {
        String place = PACKAGE.matcher(source)
                .results()
                .map(match -> match.group(1) + ".")
                .findFirst()
                .orElse("");
        return DRIVEN_PORT.matcher(source).results().map(match -> place + match.group(1));
    }

    private static List<String> whatIsMissing(JavaClass port, JavaClasses everything) {
        String name = port.getSimpleName() + "Contract";
        if (!everything.contain(port.getPackageName() + "." + name)) {
            return List.of("has no contract: the application's tests need a " + name + " in the same package");
        }
        JavaClass contract = everything.get(port.getPackageName() + "." + name);
        List<JavaClass> keepers = contract.getAllSubclasses().stream()
                .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
                .toList();
        List<String> missing = new ArrayList<>();
        if (!hasTests(contract)) {
            missing.add("has a contract without a test");
        }
        if (keepers.stream().allMatch(PortRules::isOutsideTheCore)) {
            missing.add("has a contract that no fake of the application runs");
        }
        if (keepers.stream().noneMatch(PortRules::isOutsideTheCore)) {
            missing.add("has a contract that no real adapter runs, only "
                    + keepers.stream().map(JavaClass::getSimpleName).toList());
        }
        return missing;
    }

    private static boolean hasTests(JavaClass contract) {
        return contract.getAllMethods().stream()
                .flatMap(method -> method.getAnnotations().stream())
                .anyMatch(annotation -> annotation.getRawType().getPackageName().startsWith("org.junit.jupiter"));
    }

    private static boolean isOutsideTheCore(JavaClass type) {
        return type.getPackageName().startsWith(Code.ROOT_PACKAGE)
                && !type.getPackageName().startsWith(CoreRules.APPLICATION)
                && !type.getPackageName().startsWith(CoreRules.DOMAIN);
    }
}
