package dev.hexmart.adapter.json;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The members of one object, read one after another; what is wrong with them is collected, and told by {@link #build}.
 *
 * <p>Members that are not asked for are ignored in messages and answers, so that a newer sender can add to a form, and
 * refused in a request ({@link JsonInput#closed}). {@code null} is the same as absent.
 */
public final class Members {

    private final JsonObject object;
    private final String pointer;
    private final boolean closed;
    private final Set<String> known = new LinkedHashSet<>();
    private final List<Violation> violations = new ArrayList<>();

    Members(JsonObject object, String pointer, boolean closed) {
        this.object = object;
        this.pointer = pointer;
        this.closed = closed;
    }

    /** Members that may be there and change nothing, such as those that a client has read and sends back. */
    public Members passOver(String... names) {
        known.addAll(List.of(names));
        return this;
    }

    /** The value of a member that must be there; to be asked for inside {@link #build} only. */
    public <T> Supplier<T> required(String name, Form<T> form) {
        Optional<T> value = read(name, form, true);
        return value::orElseThrow;
    }

    /** The value of a member that may be missing. */
    public <T> Optional<T> optional(String name, Form<T> form) {
        return read(name, form, false);
    }

    /** Puts the parts together, or throws {@link InvalidBody} with all that was wrong with them. */
    public <T> T build(Supplier<T> whole) {
        if (closed) {
            object.keySet().stream()
                    .filter(name -> !known.contains(name))
                    .forEach(name -> violations.add(new Violation(
                            place(name),
                            known.isEmpty()
                                    ? "Unknown: no members are accepted here"
                                    : "Unknown; known are " + String.join(", ", known))));
        }
        if (!violations.isEmpty()) {
            throw new InvalidBody(violations);
        }
        try {
            return whole.get();
        } catch (InvalidBody e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw InvalidBody.at(pointer, String.valueOf(e.getMessage()));
        }
    }

    private String place(String name) {
        return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    private <T> Optional<T> read(String name, Form<T> form, boolean required) {
        known.add(name);
        String place = place(name);
        JsonValue value = object.getOrDefault(name, JsonValue.NULL);
        if (value.equals(JsonValue.NULL)) {
            if (required) {
                violations.add(new Violation(place, "Is required"));
            }
            return Optional.empty();
        }
        try {
            return Optional.of(new JsonInput(value, place, closed).as(form));
        } catch (InvalidBody e) {
            violations.addAll(e.violations());
            return Optional.empty();
        }
    }
}
