package dev.hexmart.tools.bench;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.JsonWriter;
import jakarta.json.stream.JsonGenerator;
import java.io.StringReader;
import java.io.StringWriter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A {@link Report} as JSON: a record is an object with a member for each component that is there. Times are in milliseconds
 * where the name ends in Ms, CPU in seconds.
 */
final class ReportJson {

    private static final int FORMAT = 1;
    private static final MathContext DIGITS = new MathContext(6);

    private ReportJson() {}

    static String write(Report report) {
        JsonObjectBuilder json =
                Json.createObjectBuilder().add("format", FORMAT).addAll(members(report));
        StringWriter text = new StringWriter();
        try (JsonWriter writer = Json.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true))
                .createWriter(text)) {
            writer.write(json.build());
        }
        return text.toString().strip() + "\n";
    }

    private static JsonObjectBuilder members(Record of) {
        JsonObjectBuilder json = Json.createObjectBuilder();
        for (RecordComponent component : of.getClass().getRecordComponents()) {
            try {
                Object value = component.getAccessor().invoke(of);
                if (!value.equals(OptionalDouble.empty())) {
                    json.add(component.getName(), json(value));
                }
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
        return json;
    }

    private static JsonValue json(Object value) {
        return switch (value) {
            case String text -> Json.createValue(text);
            case Boolean flag -> flag ? JsonValue.TRUE : JsonValue.FALSE;
            case OptionalDouble number -> json(number.orElseThrow());
            case Double number -> Json.createValue(rounded(number));
            case Number number -> Json.createValue(number.longValue());
            case List<?> items -> {
                JsonArrayBuilder array = Json.createArrayBuilder();
                items.forEach(item -> array.add(json(item)));
                yield array.build();
            }
            case Map<?, ?> entries -> {
                JsonObjectBuilder object = Json.createObjectBuilder();
                new TreeMap<>(entries).forEach((name, each) -> object.add(name.toString(), json(each)));
                yield object.build();
            }
            case Record members -> members(members).build();
            default -> throw new IllegalStateException("no JSON of " + value.getClass());
        };
    }

    private static BigDecimal rounded(double value) {
        BigDecimal rounded = new BigDecimal(value, DIGITS).stripTrailingZeros();
        return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
    }

    /** @throws IllegalArgumentException where the text is no report of this format */
    static Report read(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            JsonObject json = reader.readObject();
            if (json.getInt("format", 0) != FORMAT) {
                throw new IllegalArgumentException("not a report of format " + FORMAT);
            }
            return read(json, Report.class);
        } catch (JsonException | ClassCastException e) {
            throw new IllegalArgumentException("not a report of a benchmark: " + e.getMessage(), e);
        }
    }

    private static <T> T read(JsonObject json, Class<T> type) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = Arrays.stream(components)
                .map(each -> value(json.getOrDefault(each.getName(), JsonValue.NULL), each.getGenericType()))
                .toArray();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object value(JsonValue json, Type type) {
        return switch (type) {
            case ParameterizedType list
            when list.getRawType() == List.class ->
                json.asJsonArray().stream()
                        .map(item -> value(item, list.getActualTypeArguments()[0]))
                        .toList();
            case ParameterizedType map ->
                json.asJsonObject().entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, entry -> value(entry.getValue(), map.getActualTypeArguments()[1])));
            case Class<?> members when members.isRecord() -> read(json.asJsonObject(), members);
            default ->
                switch (type.getTypeName()) {
                    case "java.lang.String" -> ((JsonString) json).getString();
                    case "boolean" -> json.equals(JsonValue.TRUE);
                    case "int" -> ((JsonNumber) json).intValue();
                    case "long" -> ((JsonNumber) json).longValue();
                    case "double", "java.lang.Double" -> ((JsonNumber) json).doubleValue();
                    case "java.util.OptionalDouble" ->
                        json.equals(JsonValue.NULL)
                                ? OptionalDouble.empty()
                                : OptionalDouble.of(((JsonNumber) json).doubleValue());
                    default -> throw new IllegalStateException("no value of " + type);
                };
        };
    }
}
