package dev.hexmart.application.identity;

/** The secret by which a browser is known while somebody signs in with it. */
public record BrowserBinding(String value) {

    /** Does not tell the secret: this ends up in logs. */
    @Override
    public String toString() {
        return "BrowserBinding[…]";
    }
}
