package dev.hexmart.application.identity;

/** A caller's own bearer token, handed on so that another service can decide on the caller's rights, not on ours. */
public record Credential(String token) {

    /** Does not tell the token: this ends up in logs. */
    @Override
    public String toString() {
        return "Credential[…]";
    }
}
