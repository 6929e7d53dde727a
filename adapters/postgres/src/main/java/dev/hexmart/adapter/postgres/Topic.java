package dev.hexmart.adapter.postgres;

import java.util.Locale;

/** What transactions give notice of to whoever listens, in any process. */
public enum Topic {
    /** Something was appended to the outbox. */
    OUTBOX,
    /** An order was saved; the payload is its id. */
    ORDERS;

    /** Channels belong to the whole database and not to a schema, so that the name has to tell. */
    String channel(String schema) {
        return schema + suffix();
    }

    String suffix() {
        return "_" + name().toLowerCase(Locale.ROOT);
    }
}
