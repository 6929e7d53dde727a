package dev.hexmart.application.identity;

/** The secret by which a browser's session is known; whoever has it is taken for whoever has signed in. */
public record SessionId(String value) {

    /** Does not tell the secret: this ends up in logs. */
    @Override
    public String toString() {
        return "SessionId[…]";
    }
}
