package dev.hexmart.application.identity;

/** The secret id of a browser's session; it authenticates its bearer as the signed-in person. */
public record SessionId(String value) {

    /** Does not tell the secret: this ends up in logs. */
    @Override
    public String toString() {
        return "SessionId[…]";
    }
}
