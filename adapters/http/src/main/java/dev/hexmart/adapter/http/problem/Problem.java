package dev.hexmart.adapter.http.problem;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hexmart.adapter.http.exchange.Header;
import dev.hexmart.adapter.http.exchange.Response;
import dev.hexmart.adapter.json.Json;
import dev.hexmart.adapter.json.Violation;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Why a request was refused, as RFC 9457 has it.
 *
 * @param detail what is wrong this time, and what to do about it; never anything about the inside of the service
 * @param members what a program needs to know besides
 */
public record Problem(
        ProblemType type, String detail, List<Fault> faults, Map<String, JsonValue> members, List<Header> headers) {

    public static final String MEDIA_TYPE = "application/problem+json";

    private static final String RETRY_AFTER = "Retry-After";

    /** One thing that is wrong, and where. */
    public sealed interface Fault {

        String detail();

        /** In the body. @param pointer as a JSON Pointer */
        record InBody(String pointer, String detail) implements Fault {}

        /** In the query or the headers. */
        record InParameter(String parameter, String detail) implements Fault {}
    }

    public Problem {
        faults = List.copyOf(faults);
        members = Map.copyOf(members);
        headers = List.copyOf(headers);
    }

    public static Problem of(ProblemType type, String detail) {
        return new Problem(type, detail, List.of(), Map.of(), List.of());
    }

    public static Problem invalidParameter(String parameter, String detail) {
        return of(ProblemType.INVALID_PARAMETER, parameter + ": " + detail)
                .because(new Fault.InParameter(parameter, detail));
    }

    /** One problem that says what several of the same type say. */
    public static Problem joined(List<Problem> problems) {
        Problem first = problems.getFirst();
        return problems.size() == 1
                ? first
                : new Problem(
                        first.type(),
                        problems.stream().map(Problem::detail).collect(Collectors.joining("; ")),
                        problems.stream()
                                .flatMap(problem -> problem.faults().stream())
                                .toList(),
                        first.members(),
                        first.headers());
    }

    public static Problem invalidBody(List<Violation> violations) {
        List<Fault> faults = violations.stream()
                .<Fault>map(violation -> new Fault.InBody(violation.pointer(), violation.detail()))
                .toList();
        return new Problem(
                ProblemType.INVALID_BODY, "See errors for what to mend and where", faults, Map.of(), List.of());
    }

    /** @param after how many seconds to wait before trying again */
    public Problem retry(int after) {
        return with(new Header(RETRY_AFTER, Integer.toString(after)));
    }

    /** How many seconds to wait before trying again, where that may help. */
    public OptionalInt retryAfter() {
        return headers.stream()
                .filter(header -> header.name().equals(RETRY_AFTER))
                .mapToInt(header -> Integer.parseInt(header.value()))
                .findFirst();
    }

    /** What a program is told besides, where it is a text. */
    public Optional<String> text(String member) {
        return members.get(member) instanceof JsonString text ? Optional.of(text.getString()) : Optional.empty();
    }

    public Problem because(Fault fault) {
        return new Problem(type, detail, append(faults, fault), members, headers);
    }

    public Problem with(Header header) {
        return new Problem(type, detail, faults, members, append(headers, header));
    }

    public Problem with(String member, JsonValue value) {
        Map<String, JsonValue> more = new LinkedHashMap<>(members);
        more.put(member, value);
        return new Problem(type, detail, faults, more, headers);
    }

    /** @param instance the path that was asked for */
    public JsonObject json(String instance) {
        JsonObjectBuilder json = Json.object()
                .add("type", "urn:hexmart:problem:" + type.code())
                .add("title", type.title())
                .add("status", type.status())
                .add("detail", detail)
                .add("instance", instance)
                .add("code", type.code());
        if (!faults.isEmpty()) {
            json.add("errors", Json.array(faults, Problem::json));
        }
        members.forEach(json::add);
        return json.build();
    }

    public Response response(String instance) {
        byte[] body = json(instance).toString().getBytes(UTF_8);
        return new Response(type.status(), headers, new Response.Content(MEDIA_TYPE, body));
    }

    private static JsonObject json(Fault fault) {
        JsonObjectBuilder json = Json.object();
        switch (fault) {
            case Fault.InBody it -> json.add("pointer", it.pointer());
            case Fault.InParameter it -> json.add("parameter", it.parameter());
        }
        return json.add("detail", fault.detail()).build();
    }

    private static <T> List<T> append(List<T> list, T item) {
        return Stream.concat(list.stream(), Stream.of(item)).toList();
    }
}
