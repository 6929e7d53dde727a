package dev.hexmart.domain.shared;

import java.util.UUID;

/** Reads UUIDs in their canonical form only: {@link UUID#fromString} also takes {@code 1-1-1-1-1}, so that one thing would have many names. */
final class CanonicalUuid {

    private static final int LENGTH = 36;

    private CanonicalUuid() {}

    static UUID parse(String text) {
        if (text.length() == LENGTH) {
            UUID uuid = UUID.fromString(text);
            if (uuid.toString().equalsIgnoreCase(text)) {
                return uuid;
            }
        }
        throw new IllegalArgumentException("Not a UUID in its canonical form of 36 characters");
    }
}
