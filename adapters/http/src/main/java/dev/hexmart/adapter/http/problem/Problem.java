package dev.hexmart.adapter.http.problem;

import dev.hexmart.adapter.json.Json;
import dev.hexmart.adapter.json.Violation;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.HashMap;
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
 * @param headers what the response says besides, by the header's name
 */
public record Problem(
        ProblemType type,
        String detail,
        List<Fault> faults,
        Map<String, JsonValue> members,
        Map<String, String> headers) {

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
        headers = Map.copyOf(headers);
    }

    public static Problem of(ProblemType type, String detail) {
        return new Problem(type, detail, List.of(), Map.of(), Map.of());
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

    static Problem invalidBody(List<Violation> violations) {
        List<Fault> faults = violations.stream()
                .<Fault>map(violation -> new Fault.InBody(violation.pointer(), violation.detail()))
                .toList();
        return new Problem(ProblemType.INVALID_BODY, "See errors for the invalid members", faults, Map.of(), Map.of());
    }

    /** @param after how many seconds to wait before trying again */
    public Problem retry(int after) {
        return withHeader(RETRY_AFTER, Integer.toString(after));
    }

    /** How many seconds to wait before trying again, where that may help. */
    public OptionalInt retryAfter() {
        return Optional.ofNullable(headers.get(RETRY_AFTER)).stream()
                .mapToInt(Integer::parseInt)
                .findFirst();
    }

    /** An additional text member of the problem. */
    public Optional<String> text(String member) {
        return members.get(member) instanceof JsonString text ? Optional.of(text.getString()) : Optional.empty();
    }

    public Problem because(Fault fault) {
        List<Fault> more = Stream.concat(faults.stream(), Stream.of(fault)).toList();
        return new Problem(type, detail, more, members, headers);
    }

    public Problem withHeader(String name, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(name, value);
        return new Problem(type, detail, faults, members, more);
    }

    public Problem with(String member, JsonValue value) {
        Map<String, JsonValue> more = new LinkedHashMap<>(members);
        more.put(member, value);
        return new Problem(type, detail, faults, more, headers);
    }

    /** @param instance the path of the request */
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

    private static JsonObject json(Fault fault) {
        JsonObjectBuilder json = Json.object();
        switch (fault) {
            case Fault.InBody it -> json.add("pointer", it.pointer());
            case Fault.InParameter it -> json.add("parameter", it.parameter());
        }
        return json.add("detail", fault.detail()).build();
    }
}
