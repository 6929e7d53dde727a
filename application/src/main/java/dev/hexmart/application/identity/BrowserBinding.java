package dev.hexmart.application.identity;

/** The secret that binds a sign-in attempt to its browser. */
public record BrowserBinding(String value) {

    /** Does not tell the secret: this ends up in logs. */
    @Override
    public String toString() {
        return "BrowserBinding[…]";
    }
}
