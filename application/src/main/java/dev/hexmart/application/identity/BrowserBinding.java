package dev.hexmart.application.identity;

/**
 * The secret that binds a sign-in attempt to its browser.
 *
 * @param value 43 characters of base64url
 */
public record BrowserBinding(String value) {

    public BrowserBinding {
        BrowserSecret.requireForm(value);
    }

    /** Does not tell the secret: this ends up in logs. */
    @Override
    public String toString() {
        return "BrowserBinding[…]";
    }
}
