package dev.hexmart.adapter.json;

/** A message that this version cannot read; it will not get better by being delivered again. */
public final class UnreadableMessage extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    UnreadableMessage(String message) {
        super(message);
    }

    UnreadableMessage(IllegalArgumentException cause) {
        super(String.valueOf(cause.getMessage()), cause);
    }
}
