package dev.hexmart.application.identity;

/** The secret by which a browser is known while somebody signs in with it. */
public record BrowserMark(String value) {

    /** Does not tell the secret: this ends up in logs. */
    @Override
    public String toString() {
        return "BrowserMark[…]";
    }
}
