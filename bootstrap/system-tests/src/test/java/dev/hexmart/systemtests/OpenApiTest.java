package dev.hexmart.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.adapter.http.problem.ProblemType;
import dev.hexmart.systemtests.YamlDocument.Place;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/openapi.yaml} by itself, and against the files and lists that show the code's own words. */
class OpenApiTest {

    private static final Path GOLDEN = Path.of("../../adapters/json/src/test/resources/dev/hexmart/adapter/json")
            .toAbsolutePath();

    /** The schema of each golden file, and the example that shows it. */
    private static final Map<String, String> SCHEMAS = Map.ofEntries(
            Map.entry("cart", "Cart"),
            Map.entry("cart-addition", "CartAddition"),
            Map.entry("dead-letter", "DeadLetter"),
            Map.entry("category", "ListedCategory"),
            Map.entry("new-product", "NewProduct"),
            Map.entry("order", "Order"),
            Map.entry("order-cancelled", "Order"),
            Map.entry("order-event", "OrderEvent"),
            Map.entry("order-placed", "PlacedOrder"),
            Map.entry("order-status", "OrderState"),
            Map.entry("order-traced", "Order"),
            Map.entry("parked-message", "ParkedMessage"),
            Map.entry("pay", "PaymentWish"),
            Map.entry("payment", "Payment"),
            Map.entry("payment-method", "OfferedPaymentMethod"),
            Map.entry("payment-voided", "Payment"),
            Map.entry("product", "Product"),
            Map.entry("purchase", "Purchase"),
            Map.entry("stock-movement", "StockMovement"));

    /** Shown as a part of other examples: in a list, in a stream. */
    private static final Set<String> PARTS =
            Set.of("dead-letter", "order-event", "parked-message", "payment-method", "stock-movement");

    /** Only a page's reader meets it, at {@code /callback}, which is none of the API. */
    private static final ProblemType NOT_OF_THE_API = ProblemType.SIGN_IN_REFUSED;

    private final Place root = new ApiDocument().document().root();

    @Test
    @Needs(Needs.GRAMMARS)
    void documentIsValidOpenApi() throws Exception {
        assertThat(root.text("openapi")).startsWith("3.1.");
        assertThat(Linter.complaints(new ApiDocument().document().file())).isEmpty();
    }

    @Test
    void everyGoldenFileIsAsItsSchemaSaysDownToTheLastMember() throws IOException {
        Map<String, List<String>> violations = new LinkedHashMap<>();
        for (String name : golden()) {
            Place schema = root.get("components").get("schemas").get(SCHEMAS.getOrDefault(name, "none"));
            violations.put(name, schema.violations(goldenJson(name).toString()));
        }
        assertThat(violations)
                .hasSameSizeAs(SCHEMAS)
                .allSatisfy((_, found) -> assertThat(found).isEmpty());
    }

    @Test
    void theExamplesAreTheGoldenFiles() throws IOException {
        Place examples = root.get("components").get("examples");
        assertThat(golden().stream().filter(name -> !PARTS.contains(name)))
                .allSatisfy(name ->
                        assertThat(examples.get(name).get("value").json()).isEqualTo(goldenJson(name)));
        assertThat(examples.get("stock-movements").get("value").json().asJsonArray())
                .containsExactly(goldenJson("stock-movement"));
        assertThat(examples.get("parked-messages").get("value").json().asJsonArray())
                .containsExactly(goldenJson("parked-message"));
        assertThat(examples.get("payment-methods").get("value").json().asJsonArray())
                .startsWith(goldenJson("payment-method"));
        assertThat(examples.get("dead-letters").get("value").json().asJsonArray())
                .containsExactly(goldenJson("dead-letter"));
        assertThat(examples.get("order-events").text("value"))
                .contains("event: status\ndata: " + goldenJson("order-event") + "\n\n");
    }

    @Test
    void everyKindOfRefusalIsShownAsItGoesOut() {
        Map<String, ProblemType> types =
                Arrays.stream(ProblemType.values()).collect(Collectors.toMap(ProblemType::code, type -> type));
        Place schemas = root.get("components").get("schemas");
        Place code = schemas.get("Problem").get("properties").get("code");
        assertThat(code.listed("enum").stream().map(Place::text)).containsExactlyInAnyOrderElementsOf(types.keySet());
        types.values().stream().filter(type -> type != NOT_OF_THE_API).forEach(type -> {
            JsonObject shown = root.get("components")
                    .get("examples")
                    .get(type.code())
                    .get("value")
                    .json()
                    .asJsonObject();
            assertThat(schemas.get("Problem").violations(shown.toString())).isEmpty();
            assertThat(shown.getString("type")).isEqualTo("urn:hexmart:problem:" + type.code());
            assertThat(shown.getString("code")).isEqualTo(type.code());
            assertThat(shown.getString("title")).isEqualTo(type.title());
            assertThat(shown.getInt("status")).isEqualTo(type.status());
        });
    }

    @Test
    void aRefusalIsShownUnderItsOwnStatus() {
        new ApiDocument()
                .operations()
                .forEach(operation -> operation
                        .place()
                        .get("responses")
                        .all()
                        .forEach((status, response) -> response.find("content")
                                .flatMap(content -> content.find("application/problem+json"))
                                .ifPresent(problem -> problem.get("examples")
                                        .all()
                                        .forEach((name, example) -> {
                                            JsonObject shown =
                                                    example.get("value").json().asJsonObject();
                                            assertThat(shown.getString("code")).isEqualTo(name);
                                            assertThat(status)
                                                    .as(operation.name() + " " + name)
                                                    .isIn("default", Integer.toString(shown.getInt("status")));
                                        }))));
    }

    private static List<String> golden() throws IOException {
        try (Stream<Path> files = Files.list(GOLDEN)) {
            return files.map(file -> file.getFileName().toString().replace(".json", ""))
                    .filter(name -> !name.startsWith("dev.hexmart."))
                    .sorted()
                    .toList();
        }
    }

    private static JsonValue goldenJson(String name) {
        try (var reader = Json.createReader(new StringReader(Files.readString(GOLDEN.resolve(name + ".json"))))) {
            JsonValue value = reader.readValue();
            // There to show that unknown members are ignored.
            return name.equals("new-product")
                    ? Json.createObjectBuilder(value.asJsonObject())
                            .remove("unknown")
                            .build()
                    : value;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
