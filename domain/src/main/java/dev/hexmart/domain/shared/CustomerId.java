package dev.hexmart.domain.shared;

import java.util.UUID;

/**
 * Names a customer by the pair that the identity provider promises never to reuse: tenant and object id.
 *
 * <p>Never a mail address: those change hands.
 */
public record CustomerId(UUID tenant, UUID object) {

    /** Reads {@code <tenant>.<object>}; anything else is an {@link IllegalArgumentException}. */
    public static CustomerId parse(String text) {
        int dot = text.indexOf('.');
        if (dot < 0) {
            throw new IllegalArgumentException("A customer is written <tenant id>.<object id>");
        }
        return new CustomerId(
                CanonicalUuid.parse(text.substring(0, dot)), CanonicalUuid.parse(text.substring(dot + 1)));
    }

    @Override
    public String toString() {
        return tenant + "." + object;
    }
}
