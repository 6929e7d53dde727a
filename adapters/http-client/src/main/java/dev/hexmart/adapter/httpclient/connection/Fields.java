package dev.hexmart.adapter.httpclient.connection;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The header fields of a response, in the order in which they came. */
public final class Fields {

    public record Field(String name, String value) {}

    private final List<Field> fields = new ArrayList<>();

    public void add(String name, String value) {
        fields.add(new Field(name, value));
    }

    public int size() {
        return fields.size();
    }

    /** The value of the first field of this name, in any case. */
    public Optional<String> first(String name) {
        for (Field field : fields) {
            if (field.name().equalsIgnoreCase(name)) {
                return Optional.of(field.value());
            }
        }
        return Optional.empty();
    }

    public boolean asksToClose() {
        return listed("Connection").stream().anyMatch("close"::equalsIgnoreCase);
    }

    /** The values of all fields of this name, those that are lists taken apart, each of them once. */
    public List<String> listed(String name) {
        List<String> values = List.of();
        for (Field field : fields) {
            if (field.name().equalsIgnoreCase(name)) {
                values = values.isEmpty() ? new ArrayList<>() : values;
                for (String value : field.value().split(",", -1)) {
                    if (!values.contains(value.strip())) {
                        values.add(value.strip());
                    }
                }
            }
        }
        return values;
    }
}
