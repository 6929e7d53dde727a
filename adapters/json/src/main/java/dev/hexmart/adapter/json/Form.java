package dev.hexmart.adapter.json;

/**
 * Reads a value out of its JSON form.
 *
 * <p>What the value itself refuses with an {@link IllegalArgumentException} becomes a violation at the place of the input.
 */
@FunctionalInterface
public interface Form<T> {

    T read(JsonInput input);
}
