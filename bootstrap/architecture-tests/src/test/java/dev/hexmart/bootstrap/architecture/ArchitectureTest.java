package dev.hexmart.bootstrap.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The third lock: what the compiler and the build cannot see. {@link PlantedInTheCodeTest} shows that it bites. */
class ArchitectureTest {

    private static final Set<String> PORTS = PortRules.drivenPortsIn(Project.sources(Project.module("application")));

    @ParameterizedTest
    @MethodSource("modulesWithSources")
    void allClassesOfAModuleAreLookedAt(Path module) {
        List<String> expected = Project.filesIn(Project.sources(module), ".java").stream()
                .filter(source -> !source.endsWith("module-info.java") && !source.endsWith("package-info.java"))
                .map(source -> Project.sources(module).relativize(source).toString())
                .map(source -> source.replace(".java", "").replace('/', '.'))
                .toList();

        assertThat(Code.MAIN.stream().map(JavaClass::getName)).containsAll(expected);
    }

    @Test
    void everyClassLiesInALayerThatHasRules() {
        // What JTE makes of the templates knows the views that it shows, which are in a layer.
        String templates = "gg.jte.generated.";
        String[] layers = {
            CoreRules.DOMAIN, CoreRules.APPLICATION, EdgeRules.ADAPTER, EdgeRules.BOOTSTRAP, EdgeRules.TOOLS
        };

        assertThat(Code.MAIN.stream().map(JavaClass::getName).filter(name -> !name.startsWith(templates)))
                .allMatch(name -> Stream.of(layers).anyMatch(layer -> name.startsWith(layer + ".")));
    }

    @Test
    void everyPackageOfTheCoreHasItsRow() {
        assertThat(placesIn(Code.MAIN, "domain", "application")).isEqualTo(CoreRules.MAY_KNOW.keySet());
    }

    @ParameterizedTest
    @MethodSource("packagesOfTheCore")
    void aPackageOfTheCoreKnowsOnlyWhatItMay(String place) {
        CoreRules.knowsOnlyWhatItMay(place).check(Code.MAIN);
    }

    @Test
    void theCoreTakesTimeAndChanceFromOutside() {
        CoreRules.TAKES_TIME_AND_CHANCE_FROM_OUTSIDE.check(Code.MAIN);
    }

    @Test
    void theCoreIsClosed() {
        CoreRules.IS_CLOSED.check(Code.MAIN);
    }

    @Test
    void theCoreIsImmutable() {
        CoreRules.IS_IMMUTABLE.check(Code.MAIN);
    }

    @Test
    void theCoreHasNoSetters() {
        CoreRules.HAS_NO_SETTERS.check(Code.MAIN);
    }

    @Test
    void packagesHaveNoCycles() {
        PackageRules.HAVE_NO_CYCLES.check(Code.MAIN);
    }

    @Test
    void everyAdapterHasItsRow() {
        Set<String> adapters = Code.MAIN.stream()
                .map(type -> Code.segmentAfter(EdgeRules.ADAPTER, type))
                .filter(adapter -> !adapter.isEmpty())
                .collect(Collectors.toSet());

        assertThat(adapters).isEqualTo(EdgeRules.MAY_KNOW.keySet());
    }

    @ParameterizedTest
    @MethodSource("adapters")
    void anAdapterKnowsTheCoreAndItsOwnTechnology(String adapter) {
        EdgeRules.knowsOnlyWhatItMay(adapter).check(Code.MAIN);
    }

    @Test
    void everyRoomOfTheHttpAdapterHasItsRow() {
        assertThat(placesIn(Code.MAIN, "adapter.http."))
                .isEqualTo(EdgeRules.HTTP_ROOMS.keySet().stream()
                        .map(room -> "adapter.http." + room)
                        .collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @MethodSource("roomsOfTheHttpAdapter")
    void aRoomOfTheHttpAdapterKnowsOnlyWhatItMay(String room) {
        EdgeRules.httpRoomKnowsOnlyWhatItMay(room).check(Code.MAIN);
    }

    @Test
    void onlyThePostgresAdapterSeesSql() {
        EdgeRules.ONLY_POSTGRES_SEES_SQL.check(Code.MAIN);
    }

    @Test
    void nothingHidesInAThread() {
        EdgeRules.NOTHING_HIDES_IN_A_THREAD.check(Code.MAIN);
    }

    @Test
    void servicesAreApart() {
        EdgeRules.SERVICES_ARE_APART.check(Code.MAIN);
    }

    @Test
    void noServiceDependsOnATool() {
        EdgeRules.TOOLS_ARE_APART.check(Code.MAIN);
    }

    /** More than that, and a reader no longer sees what a package is for. */
    @Test
    void noPackageHasMoreThan25Files() {
        Map<Path, Long> files = Project.MODULES.stream()
                .flatMap(module -> Project.filesIn(Project.sources(module), ".java").stream())
                .collect(Collectors.groupingBy(Path::getParent, Collectors.counting()));

        assertThat(files).allSatisfy((_, count) -> assertThat(count).isLessThanOrEqualTo(25));
    }

    @Test
    void namesSaySomething() {
        NamingRules.NAMES_SAY_SOMETHING.check(Code.ALL);
    }

    @Test
    void everyPortHasAContractThatAFakeAndARealAdapterKeep() {
        assertThat(PORTS).hasSizeGreaterThan(15);
        PortRules.everyPortHasAContractThatAFakeAndARealAdapterKeep(PORTS, Code.ALL)
                .check(Code.ALL);
    }

    @Test
    void adaptersImplementOnlyPorts() {
        PortRules.adaptersImplementOnlyPorts(PORTS).check(Code.MAIN);
    }

    private static Stream<Path> modulesWithSources() {
        return Project.MODULES.stream()
                .filter(module ->
                        !Project.filesIn(Project.sources(module), ".java").isEmpty());
    }

    private static Set<String> packagesOfTheCore() {
        return CoreRules.MAY_KNOW.keySet();
    }

    private static Set<String> adapters() {
        return EdgeRules.MAY_KNOW.keySet();
    }

    private static Set<String> roomsOfTheHttpAdapter() {
        return EdgeRules.HTTP_ROOMS.keySet();
    }

    private static Set<String> placesIn(JavaClasses classes, String... layers) {
        return classes.stream()
                .filter(type -> !type.getModifiers().contains(JavaModifier.SYNTHETIC))
                .map(JavaClass::getPackageName)
                .filter(name -> Stream.of(layers).anyMatch(layer -> name.startsWith(Code.ROOT_PACKAGE + "." + layer)))
                .map(name -> name.substring(Code.ROOT_PACKAGE.length() + 1))
                .collect(Collectors.toSet());
    }
}
