package dev.hexmart.adapter.entra;

/** By which the registration proves to the authority that it is us. */
public record ClientSecret(String value) {

    public ClientSecret {
        if (value.isBlank()) {
            throw new IllegalArgumentException("The client secret is empty");
        }
    }

    /** Does not tell the secret: this ends up in logs. */
    @Override
    public String toString() {
        return "ClientSecret[…]";
    }
}
