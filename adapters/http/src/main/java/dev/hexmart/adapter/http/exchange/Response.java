package dev.hexmart.adapter.http.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.JsonStructure;
import java.util.ArrayList;
import java.util.List;

/** The answer to a request. */
public record Response(int status, List<Header> headers, Body body) {

    public Response {
        headers = List.copyOf(headers);
    }

    /** What comes after the headers. */
    public sealed interface Body {}

    public record Nothing() implements Body {}

    public record Content(String mediaType, byte[] bytes) implements Body {}

    /** A body that is written while it comes into being. */
    public record Streamed(String mediaType, Streaming streaming) implements Body {}

    public static Response empty(int status) {
        return new Response(status, List.of(), new Nothing());
    }

    public static Response json(int status, JsonStructure json) {
        return content(status, "application/json", json.toString());
    }

    public static Response content(int status, String mediaType, String text) {
        return new Response(status, List.of(), new Content(mediaType, text.getBytes(UTF_8)));
    }

    public static Response stream(int status, String mediaType, Streaming streaming) {
        return new Response(status, List.of(), new Streamed(mediaType, streaming));
    }

    public Response with(String header, String value) {
        return with(List.of(new Header(header, value)));
    }

    public Response with(List<Header> additional) {
        if (additional.isEmpty()) {
            return this;
        }
        List<Header> more = new ArrayList<>(headers);
        more.addAll(additional);
        return new Response(status, more, body);
    }

    /** Marks the answer as the one to an earlier request under the same Idempotency-Key, where it is. */
    public Response replayed(boolean replayed) {
        return replayed ? with("Idempotent-Replayed", "true") : this;
    }
}
