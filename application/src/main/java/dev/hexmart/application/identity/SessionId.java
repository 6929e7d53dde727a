package dev.hexmart.application.identity;

/**
 * The secret id of a browser's session; it authenticates its bearer as the signed-in person.
 *
 * @param value 43 characters of base64url
 */
public record SessionId(String value) {

    public SessionId {
        BrowserSecret.requireForm(value);
    }

    /** Does not tell the secret: this ends up in logs. */
    @Override
    public String toString() {
        return "SessionId[…]";
    }
}
