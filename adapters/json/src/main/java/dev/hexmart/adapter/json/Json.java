package dev.hexmart.adapter.json;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParserFactory;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The JSON library, looked up once: {@code jakarta.json.Json} searches the class path at every call. */
public final class Json {

    public static final int MAX_DEPTH = 32;

    private static final JsonProvider PROVIDER = JsonProvider.provider();

    static final JsonParserFactory PARSERS = PROVIDER.createParserFactory(Map.of(
            "org.eclipse.parsson.rejectDuplicateKeys",
            true,
            // Refused at this depth, so one more than what is taken.
            "org.eclipse.parsson.maxDepth",
            MAX_DEPTH + 1));

    private Json() {}

    public static JsonObjectBuilder object() {
        return PROVIDER.createObjectBuilder();
    }

    public static <T> JsonArrayBuilder array(List<T> items, Function<T, ? extends JsonValue> form) {
        JsonArrayBuilder array = PROVIDER.createArrayBuilder();
        items.forEach(item -> array.add(form.apply(item)));
        return array;
    }

    public static JsonValue text(Object value) {
        return PROVIDER.createValue(value.toString());
    }
}
