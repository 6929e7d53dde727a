package dev.hexmart.application.idempotency;

import dev.hexmart.domain.shared.Letters;

/**
 * The caller's name for one request; a repeat under the same key gets the first answer.
 *
 * @param value 1 to 255 visible ASCII characters
 */
public record IdempotencyKey(String value) {

    private static final int MAX_LENGTH = 255;

    public IdempotencyKey {
        if (!Letters.areAll(value, c -> c > ' ' && c < '\u007f', 1, MAX_LENGTH)) {
            throw new IllegalArgumentException(
                    "An idempotency key is 1 to 255 visible ASCII characters without spaces, such as a UUID");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
