package dev.hexmart.adapter.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParsingException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** One JSON value at its place in a document, read strictly: no type is ever taken for another. */
public final class JsonInput {

    private final JsonValue value;
    private final String pointer;
    private final boolean closed;

    JsonInput(JsonValue value, String pointer, boolean closed) {
        this.value = value;
        this.pointer = pointer;
        this.closed = closed;
    }

    /** The same value, all of whose members must be known: what a request asks for and is not done is refused. */
    public JsonInput closed() {
        return new JsonInput(value, pointer, true);
    }

    /** Reads a whole document, or throws {@link MalformedJson} saying where it stops being one. */
    public static JsonInput parse(String text) {
        try (var parser = Json.PARSERS.createParser(new StringReader(text))) {
            parser.next();
            JsonValue document = parser.getValue();
            if (parser.hasNext()) {
                throw new MalformedJson("There is data after the end of the JSON body");
            }
            return new JsonInput(document, "", false);
        } catch (MalformedJson e) {
            throw e;
        } catch (JsonParsingException e) {
            throw new MalformedJson("The body is not JSON: line %d, column %d"
                    .formatted(e.getLocation().getLineNumber(), e.getLocation().getColumnNumber()));
        } catch (RuntimeException e) {
            throw new MalformedJson("The body is not JSON, or breaks a rule: no member named twice, no more than "
                    + Json.MAX_DEPTH + " levels, no number of a thousand digits");
        }
    }

    public String text() {
        return switch (value) {
            case JsonString string when UTF_8.newEncoder().canEncode(string.getString()) -> string.getString();
            case JsonString _ -> throw InvalidBody.at(pointer, "Must be valid Unicode: half a surrogate pair is not");
            default -> throw InvalidBody.at(pointer, "Must be a string");
        };
    }

    /**
     * A whole number within the range, written in any way: {@code 1999}, {@code 1999.0} and {@code 1.999e3} are one and the
     * same integer to JSON Schema and so to OpenAPI 3.1, and some clients write all numbers as floats.
     */
    public long wholeNumber(long least, long most) {
        if (value instanceof JsonNumber number) {
            OptionalLong whole = whole(number);
            if (whole.isPresent() && whole.getAsLong() >= least && whole.getAsLong() <= most) {
                return whole.getAsLong();
            }
        }
        throw InvalidBody.at(pointer, "Must be a whole number from " + least + " to " + most);
    }

    /** By precision and scale, so that {@code 1e1000000000} is refused without being written out. */
    private static OptionalLong whole(JsonNumber number) {
        try {
            return OptionalLong.of(number.bigDecimalValue().longValueExact());
        } catch (ArithmeticException _) {
            return OptionalLong.empty();
        }
    }

    public Members members() {
        return switch (value) {
            case JsonObject object -> new Members(object, pointer, closed);
            default -> throw InvalidBody.at(pointer, "Must be an object");
        };
    }

    /** Reads the one member that counts of an object. */
    public <T> T member(String name, Form<T> form) {
        Members members = members();
        return members.build(members.required(name, form));
    }

    public <T> List<T> list(Form<T> form) {
        if (!(value instanceof JsonArray array)) {
            throw InvalidBody.at(pointer, "Must be an array");
        }
        List<T> items = new ArrayList<>();
        List<Violation> violations = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            try {
                items.add(new JsonInput(array.get(i), pointer + "/" + i, closed).as(form));
            } catch (InvalidBody e) {
                violations.addAll(e.violations());
            }
        }
        if (!violations.isEmpty()) {
            throw new InvalidBody(violations);
        }
        return List.copyOf(items);
    }

    /** Reads this value in the given form; every refusal comes out as an {@link InvalidBody}. */
    public <T> T as(Form<T> form) {
        try {
            return form.read(this);
        } catch (InvalidBody e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw InvalidBody.at(pointer, String.valueOf(e.getMessage()));
        }
    }
}
