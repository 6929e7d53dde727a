package dev.hexmart.adapter.postgres.messaging;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.util.HashMap;
import java.util.Map;

/** The headers of a message as they lie in a column: one JSON object of strings. */
final class Headers {

    /** Looked up once; {@code jakarta.json.Json} searches the class path at every call. */
    private static final JsonProvider JSON = JsonProvider.provider();

    private Headers() {}

    static String write(Map<String, String> headers) {
        JsonObjectBuilder object = JSON.createObjectBuilder();
        headers.forEach(object::add);
        return object.build().toString();
    }

    static Map<String, String> read(String text) {
        try (JsonReader reader = JSON.createReader(new StringReader(text))) {
            JsonObject object = reader.readObject();
            Map<String, String> headers = new HashMap<>();
            object.keySet().forEach(name -> headers.put(name, object.getString(name)));
            return headers;
        }
    }
}
