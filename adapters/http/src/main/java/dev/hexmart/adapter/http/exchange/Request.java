package dev.hexmart.adapter.http.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hexmart.adapter.http.problem.Problem;
import dev.hexmart.adapter.http.problem.ProblemException;
import dev.hexmart.adapter.http.problem.ProblemType;
import dev.hexmart.adapter.json.Form;
import dev.hexmart.adapter.json.JsonInput;
import dev.hexmart.application.idempotency.IdempotencyKey;
import dev.hexmart.application.identity.Caller;
import dev.hexmart.application.identity.Credential;
import dev.hexmart.domain.shared.CustomerId;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A request, as handlers see it. What it is asked for and does not have, or has in a wrong form, ends it as a problem.
 *
 * @param path as it was sent, without the query
 * @param query as it was sent, without the question mark; empty if there is none
 * @param pathParameters by their names in the route's template
 * @param identity who is calling; always there where the route asks for a token
 */
public record Request(
        String method,
        String path,
        String query,
        Map<String, String> pathParameters,
        Headers headers,
        byte[] body,
        Optional<Identity> identity) {

    private static final byte[] NO_BODY = {};
    private static final Pattern QUOTED = Pattern.compile("\"(?:[^\"\\\\]|\\\\[\"\\\\])*+\"");

    /** The header fields as they were sent. */
    public interface Headers {

        /** @param name in lower case; none are an empty list */
        List<String> values(String name);

        /** A copy of all of them, by their names in lower case. */
        Map<String, List<String>> all();
    }

    private record Given(Map<String, List<String>> byName) implements Headers {

        @Override
        public List<String> values(String name) {
            return byName.getOrDefault(name, List.of());
        }

        @Override
        public Map<String, List<String>> all() {
            return new HashMap<>(byName);
        }
    }

    public record Identity(Caller caller, Credential credential) {}

    /** @param headers by their names in lower case */
    public static Request head(String method, String path, String query, Map<String, List<String>> headers) {
        return head(method, path, query, new Given(headers));
    }

    public static Request head(String method, String path, String query, Headers headers) {
        return new Request(method, path, query, Map.of(), headers, NO_BODY, Optional.empty());
    }

    public Request withPathParameters(Map<String, String> parameters) {
        return new Request(method, path, query, parameters, headers, body, identity);
    }

    public Request by(Caller caller, Credential credential) {
        return new Request(
                method, path, query, pathParameters, headers, body, Optional.of(new Identity(caller, credential)));
    }

    public Request withBody(byte[] bytes) {
        return new Request(method, path, query, pathParameters, headers, bytes, identity);
    }

    /** The same request with one more header, or another value of it. */
    public Request withHeader(String name, String value) {
        Map<String, List<String>> more = headers.all();
        more.put(name.toLowerCase(Locale.ROOT), List.of(value));
        return new Request(method, path, query, pathParameters, new Given(more), body, identity);
    }

    public Caller caller() {
        return identity.orElseThrow().caller();
    }

    public Credential credential() {
        return identity.orElseThrow().credential();
    }

    /** The caller as a person. */
    public CustomerId customer() {
        if (caller() instanceof Caller.Person person) {
            return person.id();
        }
        throw refusal(ProblemType.FORBIDDEN, "Only a person can do this, not a service");
    }

    /** Refuses to act for another user than the caller. @param userId of the request, if it has one */
    public CustomerId customer(Optional<String> userId) {
        CustomerId customer = customer();
        boolean same = userId.map(id -> id.equalsIgnoreCase(customer.toString())
                        || id.equalsIgnoreCase(customer.object().toString()))
                .orElse(true);
        if (!same) {
            throw refusal(
                    ProblemType.FORBIDDEN,
                    "The userId is not the caller's; leave it out, the token identifies the caller");
        }
        return customer;
    }

    /** A parameter of the path. A malformed value is treated as an unknown one. */
    public <T> T path(String name, Function<String, T> form) {
        try {
            return form.apply(Optional.ofNullable(pathParameters.get(name)).orElseThrow());
        } catch (IllegalArgumentException e) {
            throw new ProblemException(notFound());
        }
    }

    /** What stands in the query, if it does. */
    public <T> Optional<T> query(String name, Function<String, T> form) {
        // Helidon's UriQuery takes a malformed escape as it is and drops a repeated name without a value, both refused
        // here;
        // and it parses all of the query for one parameter.
        Optional<String> found = Optional.empty();
        int start = 0;
        while (start < query.length()) {
            int end = query.indexOf('&', start);
            end = end < 0 ? query.length() : end;
            if (isPair(name, start, end)) {
                if (found.isPresent()) {
                    throw new ProblemException(Problem.invalidParameter(name, "Must not be given twice"));
                }
                found = Optional.of(query.substring(Math.min(end, start + name.length() + 1), end));
            }
            start = end + 1;
        }
        return found.map(value -> parameter(name, value, text -> form.apply(decoded(text))));
    }

    /** Whether the part of the query is the name alone, or with a value behind it. */
    private boolean isPair(String name, int start, int end) {
        int behind = start + name.length();
        return query.startsWith(name, start) && (behind == end || (behind < end && query.charAt(behind) == '='));
    }

    /**
     * Refuses a query parameter that no route with this method reads.
     *
     * @param known the names of those that some do
     */
    public void requireKnownQuery(Set<String> known) {
        Arrays.stream(query.split("&"))
                .map(pair -> pair.split("=", 2)[0])
                .filter(name -> !name.isEmpty() && !known.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new ProblemException(Problem.invalidParameter(name, "Unknown; leave it out"));
                });
    }

    /** Reads several parameters, so that all that is wrong with them is said in one answer. */
    public static void checkAll(List<Runnable> reads) {
        List<Problem> problems = new ArrayList<>();
        for (Runnable read : reads) {
            try {
                read.run();
            } catch (ProblemException e) {
                problems.add(e.problem());
            }
        }
        if (!problems.isEmpty()) {
            throw new ProblemException(Problem.joined(problems));
        }
    }

    public Optional<String> header(String name) {
        List<String> values = headerValues(name);
        if (values.size() > 1) {
            throw new ProblemException(Problem.invalidParameter(name, "Must not be given twice"));
        }
        return values.stream().findFirst();
    }

    public List<String> headerValues(String name) {
        return headers.values(name.toLowerCase(Locale.ROOT));
    }

    public <T> Optional<T> header(String name, Function<String, T> form) {
        return header(name).map(value -> parameter(name, value, form));
    }

    /** The idempotency key of the request; quoted and bare it is the same. */
    public IdempotencyKey idempotencyKey() {
        return header("Idempotency-Key", value -> new IdempotencyKey(key(value.strip())))
                .orElseThrow(() -> refusal(
                        ProblemType.IDEMPOTENCY_KEY_MISSING,
                        "Send an Idempotency-Key header, such as a new UUID, and the same one when you try again"));
    }

    /** The body, which must be JSON without a member that is not known. */
    public <T> T json(Form<T> form) {
        if (!isJson()) {
            throw refusal(ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send the body as Content-Type: application/json");
        }
        return JsonInput.parse(text()).closed().as(form);
    }

    /** The body, where none at all means the same as an empty object. */
    public <T> T jsonOrNothing(Form<T> form) {
        return body.length == 0 ? JsonInput.parse("{}").as(form) : json(form);
    }

    /** Refuses a body that asks for anything, where there is nothing to ask for. */
    public void expectNoBody() {
        jsonOrNothing(input -> input.members().build(() -> true));
    }

    /** @param header a key as it is, or as a string of RFC 9651, which is the form in draft-ietf-httpapi-idempotency-key-header */
    private static String key(String header) {
        if (!header.startsWith("\"")) {
            return header;
        }
        if (!QUOTED.matcher(header).matches()) {
            throw new IllegalArgumentException(
                    "A key that begins with a quote must end with the next one; \\ stands before a quote or \\ in it"
                            + " only");
        }
        return header.substring(1, header.length() - 1).replaceAll("\\\\(.)", "$1");
    }

    public Problem notFound() {
        return Problem.of(ProblemType.NOT_FOUND, "There is nothing at " + path + ", or it is not yours to see");
    }

    private boolean isJson() {
        String type = header("Content-Type").orElse("").toLowerCase(Locale.ROOT).replace(" ", "");
        return type.equals("application/json") || type.equals("application/json;charset=utf-8");
    }

    private String text() {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
        } catch (CharacterCodingException e) {
            throw refusal(ProblemType.MALFORMED_REQUEST, "The body is not UTF-8");
        }
    }

    private static String decoded(String text) {
        String decoded = URLDecoder.decode(text, UTF_8);
        if (decoded.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("Must not have control characters");
        }
        return decoded;
    }

    private static <T> T parameter(String name, String value, Function<String, T> form) {
        try {
            return form.apply(value);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.invalidParameter(name, String.valueOf(e.getMessage())));
        }
    }

    private static ProblemException refusal(ProblemType type, String detail) {
        return new ProblemException(Problem.of(type, detail));
    }
}
