package dev.hexmart.adapter.json;

import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The files that say what a representation looks like to others. */
public final class Golden {

    private Golden() {}

    public static String text(String name) {
        try (var file = Golden.class.getResourceAsStream(name + ".json")) {
            if (file == null) {
                throw new IllegalArgumentException("There is no golden file " + name + ".json");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static JsonValue json(String name) {
        return parsed(text(name));
    }

    public static JsonValue parsed(String text) {
        return jakarta.json.Json.createReader(new StringReader(text)).readValue();
    }
}
