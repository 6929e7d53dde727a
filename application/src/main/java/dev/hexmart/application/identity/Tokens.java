package dev.hexmart.application.identity;

import java.time.Instant;

/**
 * What the provider has given us for somebody who has signed in.
 *
 * @param access what the services take
 * @param accessExpires until when they take it
 * @param renewal what the provider's adapter needs to get new ones, opaque to everybody else
 */
public record Tokens(Credential access, Instant accessExpires, String renewal) {

    /** Does not tell the secrets: this ends up in logs. */
    @Override
    public String toString() {
        return "Tokens[…, accessExpires=" + accessExpires + "]";
    }
}
