package dev.hexmart.adapter.httpclient.connection;

import java.io.InputStream;

/** The body of a response. */
public sealed interface Content {

    /** A body that has come to its end; empty where there is none. */
    record Whole(byte[] bytes) implements Content {}

    /** Events, read as they come. @param in to be closed by its reader, which closes the connection */
    record Events(InputStream in) implements Content {}
}
