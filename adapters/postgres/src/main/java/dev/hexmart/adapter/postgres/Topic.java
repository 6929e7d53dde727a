package dev.hexmart.adapter.postgres;

import java.util.Locale;

/** Announcements of committed transactions to listeners in all processes. */
public enum Topic {
    /** The catalog has changed: the payload is the product whose stock has, empty where it is anything else. */
    CATALOG,
    /** Something was appended to the outbox. */
    OUTBOX,
    /** An order was saved; the payload is its id. */
    ORDERS;

    /** Channels belong to the whole database and not to a schema, so that the name has to tell. */
    String channel(String schema) {
        return schema + "_" + name().toLowerCase(Locale.ROOT);
    }
}
