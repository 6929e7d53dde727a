package dev.hexmart.adapter.json.message;

/** A message that this version cannot read; it will not get better by being delivered again. */
public final class UnreadableMessage extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    public UnreadableMessage(String message) {
        super(message);
    }

    public UnreadableMessage(IllegalArgumentException cause) {
        super(String.valueOf(cause.getMessage()), cause);
    }
}
