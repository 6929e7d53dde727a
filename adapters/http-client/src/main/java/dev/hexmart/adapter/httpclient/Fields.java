package dev.hexmart.adapter.httpclient;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The header fields of a response, in the order in which they came. */
final class Fields {

    /** One field. */
    record Field(String name, String value) {}

    private final List<Field> fields = new ArrayList<>();

    void add(String name, String value) {
        fields.add(new Field(name, value));
    }

    int size() {
        return fields.size();
    }

    /** The value of the first field of this name, in any case. */
    Optional<String> first(String name) {
        for (Field field : fields) {
            if (field.name().equalsIgnoreCase(name)) {
                return Optional.of(field.value());
            }
        }
        return Optional.empty();
    }

    boolean asksToClose() {
        return listed("Connection").stream().anyMatch("close"::equalsIgnoreCase);
    }

    /** The values of all fields of this name, those that are lists taken apart. */
    List<String> listed(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .flatMap(field -> Stream.of(field.value().split(",", -1)))
                .map(String::strip)
                .toList();
    }
}
