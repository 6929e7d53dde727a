package dev.hexmart.adapter.json;

/** The text is not JSON, or nests deeper than is taken, or names a member twice. */
public final class MalformedJson extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    MalformedJson(String message) {
        super(message);
    }
}
