package dev.hexmart.bootstrap.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A service's bill of materials lists what the service starts with: every jar, in its version, and no other. */
class BillOfMaterialsTest {

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "products", "cart", "orders", "payments", "identity"})
    void aBillOfMaterialsListsTheJarsOfTheClassPath(String service) throws IOException {
        assertThat(listed(bill(service)))
                .hasSizeGreaterThan(10)
                .containsExactlyInAnyOrderElementsOf(classPathOf(service));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "products", "cart", "orders", "payments", "identity"})
    void aBillOfMaterialsIsTheSameWheneverItIsWritten(String service) {
        JsonObject bill = bill(service);
        assertThat(bill).doesNotContainKey("serialNumber");
        assertThat(bill.getJsonObject("metadata").getString("timestamp", "2026-01-01T00:00:00Z"))
                .isEqualTo("2026-01-01T00:00:00Z");
    }

    /** Everything from elsewhere is there with a hash, by which one can tell whether one has got the same. */
    @ParameterizedTest
    @ValueSource(strings = {"gateway", "products", "cart", "orders", "payments", "identity"})
    void everyComponentHasAHash(String service) {
        assertThat(bill(service).getJsonArray("components").getValuesAs(JsonObject.class))
                .filteredOn(component -> !component.getString("group", "").equals("dev.hexmart"))
                .allSatisfy(
                        component -> assertThat(component.getJsonArray("hashes").getValuesAs(JsonObject.class))
                                .anyMatch(hash -> hash.getString("alg").equals("SHA-256")));
    }

    private static JsonObject bill(String service) {
        Path file = target(service).resolve("hexmart-" + service + ".cdx.json");
        assertThat(file).as("mvn verify writes it").exists();
        try (JsonReader reader = Json.createReader(new StringReader(Project.read(file)))) {
            return reader.readObject();
        }
    }

    private static List<String> listed(JsonObject bill) {
        return bill.getJsonArray("components").getValuesAs(JsonObject.class).stream()
                .map(component -> component.getString("name") + "-" + component.getString("version") + ".jar")
                .toList();
    }

    private static List<String> classPathOf(String service) throws IOException {
        try (JarFile jar = new JarFile(
                target(service).resolve("hexmart-" + service + ".jar").toFile())) {
            String classPath = jar.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            return Stream.of(classPath.split(" "))
                    .map(entry -> entry.replaceFirst("^lib/", ""))
                    .toList();
        }
    }

    private static Path target(String service) {
        return Project.module("bootstrap").resolve(service, "target");
    }
}
