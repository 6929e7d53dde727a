package dev.hexmart.systemtests;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * A published document in YAML with JSON Schemas in it.
 *
 * <p>The schemas are closed here, which they are not in the document: a member that they do not name is none of a published
 * answer.
 */
final class YamlDocument {

    private static final String ADDRESS = "https://hexmart.example/document";

    private final Path file;
    private final Map<?, ?> root;
    private final SchemaRegistry schemas;

    private YamlDocument(Path file, Map<?, ?> root) {
        this.file = file;
        this.root = root;
        String closed = json(Closing.of(root)).toString();
        this.schemas = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                registry -> registry.schemas(Map.of(ADDRESS, closed))
                        .schemaRegistryConfig(SchemaRegistryConfig.builder()
                                .formatAssertionsEnabled(true)
                                .build()));
    }

    /** @param path from the root of the repository */
    static YamlDocument read(String path) {
        Path file = Stream.iterate(Path.of("").toAbsolutePath(), Path::getParent)
                .map(folder -> folder.resolve(path))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow();
        try {
            return new YamlDocument(
                    file, (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path file() {
        return file;
    }

    Place root() {
        return new Place("#", root);
    }

    /** Something in the document, and where it is. */
    final class Place {

        private final String pointer;
        private final Object value;

        private Place(String pointer, Object value) {
            this.pointer = pointer;
            this.value = value;
        }

        /** What is there under the name, a reference followed. */
        Optional<Place> find(String name) {
            return value instanceof Map<?, ?> map
                    ? Optional.ofNullable(map.get(name)).map(it -> step(name, it))
                    : Optional.empty();
        }

        Place get(String name) {
            return find(name).orElseThrow(() -> new AssertionError("There is no " + name + " at " + pointer));
        }

        /** The members of an object or the items of a list. */
        Map<String, Place> all() {
            Map<String, Place> all = new LinkedHashMap<>();
            switch (value) {
                case Map<?, ?> map -> map.forEach((name, it) -> all.put(name.toString(), step(name.toString(), it)));
                case List<?> list -> {
                    for (int i = 0; i < list.size(); i++) {
                        all.put(Integer.toString(i), step(Integer.toString(i), list.get(i)));
                    }
                }
                default -> throw new AssertionError("There is nothing in " + pointer);
            }
            return all;
        }

        /** The places that a member of this one lists; none where there is no such member. */
        List<Place> listed(String name) {
            return find(name).map(place -> List.copyOf(place.all().values())).orElse(List.of());
        }

        Set<String> names(String name) {
            return find(name).map(place -> place.all().keySet()).orElse(Set.of());
        }

        String text() {
            return value.toString();
        }

        String text(String name) {
            return get(name).text();
        }

        boolean isTrue(String name) {
            return find(name).filter(place -> place.value.equals(true)).isPresent();
        }

        JsonValue json() {
            return YamlDocument.json(value);
        }

        String pointer() {
            return pointer;
        }

        /** What is wrong with a value by the schema that is here. */
        List<String> violations(String json) {
            return schemas.getSchema(SchemaLocation.of(ADDRESS + pointer)).validate(json, InputFormat.JSON).stream()
                    .map(Error::toString)
                    .toList();
        }

        private Place step(String name, Object child) {
            if (child instanceof Map<?, ?> map && map.get("$ref") instanceof String target) {
                Place place = root();
                for (String step : target.substring(2).split("/")) {
                    place = place.get(step.replace("~1", "/").replace("~0", "~"));
                }
                return place;
            }
            return new Place(pointer + "/" + name.replace("~", "~0").replace("/", "~1"), child);
        }
    }

    static JsonValue json(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                JsonObjectBuilder object = Json.createObjectBuilder();
                map.forEach((name, it) -> object.add(name.toString(), json(it)));
                yield object.build();
            }
            case List<?> list -> {
                JsonArrayBuilder array = Json.createArrayBuilder();
                list.forEach(it -> array.add(json(it)));
                yield array.build();
            }
            case Boolean truth -> truth ? JsonValue.TRUE : JsonValue.FALSE;
            case Number number -> Json.createValue(number.longValue());
            default -> Json.createValue(value.toString());
        };
    }

    /** Makes schemas refuse members that they do not name. */
    private static final class Closing {

        private final Set<String> parts;

        private Closing(Set<String> parts) {
            this.parts = parts;
        }

        static Object of(Map<?, ?> document) {
            return new Closing(parts(document).collect(Collectors.toSet())).closed("#", document);
        }

        /** What is a part of another schema, which is closed as a whole. */
        private static Stream<String> parts(Object value) {
            return switch (value) {
                case Map<?, ?> map ->
                    Stream.concat(
                            Stream.ofNullable(map.get("allOf"))
                                    .flatMap(all -> ((List<?>) all).stream())
                                    .flatMap(part -> Stream.ofNullable(((Map<?, ?>) part).get("$ref")))
                                    .map(Object::toString),
                            map.values().stream().flatMap(Closing::parts));
                case List<?> list -> list.stream().flatMap(Closing::parts);
                default -> Stream.empty();
            };
        }

        private Object closed(String pointer, Object value) {
            return switch (value) {
                case Map<?, ?> map -> {
                    Map<String, Object> copy = new LinkedHashMap<>();
                    map.forEach((name, it) -> copy.put(name.toString(), closed(pointer + "/" + name, it)));
                    boolean schema = map.get("properties") instanceof Map || map.get("allOf") instanceof List;
                    if (schema && !parts.contains(pointer) && !pointer.endsWith("/allOf/-")) {
                        copy.put("unevaluatedProperties", false);
                    }
                    yield copy;
                }
                case List<?> list ->
                    list.stream().map(it -> closed(pointer + "/-", it)).toList();
                default -> value;
            };
        }
    }
}
