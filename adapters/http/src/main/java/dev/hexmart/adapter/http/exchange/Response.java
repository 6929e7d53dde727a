package dev.hexmart.adapter.http.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hexmart.adapter.http.problem.Problem;
import jakarta.json.JsonStructure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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

    /** @param instance the path of the request */
    public static Response problem(Problem problem, String instance) {
        String body = problem.json(instance).toString();
        return content(problem.type().status(), Problem.MEDIA_TYPE, body).with(problem.headers());
    }

    public Response with(String header, String value) {
        return with(List.of(new Header(header, value)));
    }

    public Response with(Map<String, String> additional) {
        return with(additional.entrySet().stream()
                .map(header -> new Header(header.getKey(), header.getValue()))
                .toList());
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
