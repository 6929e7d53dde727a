package dev.hexmart.bootstrap.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;

/** The second lock bites: what {@code module-info.java} does not require does not compile in the core. */
class PlantedInAModuleTest {

    @TempDir
    private Path folder;

    @Test
    void theDomainRequiresTheBaseModuleAlone() {
        assertThat(requiredBy("dev.hexmart.domain")).containsExactly("java.base");
    }

    @Test
    void theApplicationRequiresTheDomainAlone() {
        assertThat(requiredBy("dev.hexmart.application")).containsExactlyInAnyOrder("java.base", "dev.hexmart.domain");
    }

    @ParameterizedTest
    @CsvSource({
        "java.sql.Connection, java.sql",
        "java.net.http.HttpClient, java.net.http",
        "java.util.logging.Logger, java.logging",
        "org.slf4j.Logger, org.slf4j",
        "dev.hexmart.application.transaction.Transactor, dev.hexmart.application",
    })
    void aDomainThatLooksBeyondTheBaseModuleDoesNotCompile(String type, String module) {
        List<String> errors = compileInto("dev.hexmart.domain", "dev.hexmart.domain.catalog", type);

        assertThat(errors).singleElement().asString().contains(notRead(type, module, "dev.hexmart.domain"));
    }

    @ParameterizedTest
    @CsvSource({
        "java.sql.Connection, java.sql",
        "java.net.http.HttpClient, java.net.http",
        "org.slf4j.Logger, org.slf4j",
    })
    void anApplicationThatLooksBeyondTheDomainDoesNotCompile(String type, String module) {
        List<String> errors = compileInto("dev.hexmart.application", "dev.hexmart.application.catalog", type);

        assertThat(errors).singleElement().asString().contains(notRead(type, module, "dev.hexmart.application"));
    }

    /** Without this, the tests above would also pass if nothing compiled at all. */
    @ParameterizedTest
    @CsvSource({
        "dev.hexmart.domain, dev.hexmart.domain.catalog, dev.hexmart.domain.shared.Money",
        "dev.hexmart.application, dev.hexmart.application.catalog, dev.hexmart.domain.catalog.Product",
    })
    void whatIsAllowedCompiles(String module, String place, String type) {
        assertThat(compileInto(module, place, type)).isEmpty();
    }

    private List<String> compileInto(String module, String place, String type) {
        return Planted.in(folder, "package %s; record Planted(%s outside) {}".formatted(place, type))
                .compile(
                        "--module-path",
                        Stream.of(Planted.DOMAIN, Planted.APPLICATION, Planted.jarOf(Logger.class))
                                .map(Path::toString)
                                .collect(Collectors.joining(File.pathSeparator)),
                        "--add-modules",
                        "ALL-SYSTEM,dev.hexmart.domain,dev.hexmart.application,org.slf4j",
                        "--patch-module",
                        module + "=" + folder);
    }

    private static String notRead(String type, String module, String by) {
        String place = type.substring(0, type.lastIndexOf('.'));
        return "(package %s is declared in module %s, but module %s does not read it)".formatted(place, module, by);
    }

    private static List<String> requiredBy(String module) {
        return ModuleFinder.of(Planted.DOMAIN, Planted.APPLICATION)
                .find(module)
                .orElseThrow()
                .descriptor()
                .requires()
                .stream()
                .map(Requires::name)
                .toList();
    }
}
