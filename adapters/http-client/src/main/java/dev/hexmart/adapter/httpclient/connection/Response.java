package dev.hexmart.adapter.httpclient.connection;

/** The response of a service. */
public record Response(int status, Fields headers, Content content) {

    /** The body of an answer that was not to be read as it comes. */
    public byte[] bytes() {
        return switch (content) {
            case Content.Whole(byte[] bytes) -> bytes;
            case Content.Events _ -> throw new IllegalStateException("Events have no end");
        };
    }
}
