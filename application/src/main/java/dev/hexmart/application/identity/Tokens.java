package dev.hexmart.application.identity;

import java.time.Instant;

/**
 * The provider's tokens for a signed-in person.
 *
 * @param access what the services take
 * @param accessExpires until when they take it
 * @param renewal what the provider's adapter needs to get new ones, opaque to all others
 */
public record Tokens(Credential access, Instant accessExpires, String renewal) {

    /** Does not tell the secrets: this ends up in logs. */
    @Override
    public String toString() {
        return "Tokens[…, accessExpires=" + accessExpires + "]";
    }
}
