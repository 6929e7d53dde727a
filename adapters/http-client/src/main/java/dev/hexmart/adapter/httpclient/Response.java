package dev.hexmart.adapter.httpclient;

/** What a service has answered. */
record Response(int status, Fields headers, Content content) {

    /** The body of an answer that was not to be read as it comes. */
    byte[] bytes() {
        return switch (content) {
            case Content.Whole(byte[] bytes) -> bytes;
            case Content.Events _ -> throw new IllegalStateException("Events have no end");
        };
    }
}
