package dev.hexmart.systemtests;

import dev.hexmart.systemtests.Shop.Answer;
import dev.hexmart.systemtests.YamlDocument.Place;
import jakarta.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code docs/openapi.yaml}: what can be asked, and whether an answer is as it says. */
final class ApiDocument {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete");

    /** Headers that mean something; an answer has them only if it says so. */
    private static final List<String> MEANT = List.of(
            "Clear-Site-Data",
            "ETag",
            "Idempotent-Replayed",
            "Link",
            "Location",
            "Retry-After",
            "Set-Cookie",
            "WWW-Authenticate");

    private static final String PROBLEM = "application/problem+json";
    private static final String EVENTS = "text/event-stream";
    private static final Pattern EVENT = Pattern.compile("event: (\\w+)\ndata: (.*)\n");

    private final YamlDocument document = YamlDocument.read("docs/openapi.yaml");

    YamlDocument document() {
        return document;
    }

    List<Operation> operations() {
        return document.root().get("paths").all().entrySet().stream()
                .flatMap(path -> path.getValue().all().entrySet().stream()
                        .filter(method -> METHODS.contains(method.getKey()))
                        .map(method -> new Operation(
                                method.getKey().toUpperCase(Locale.ROOT),
                                path.getKey(),
                                path.getValue(),
                                method.getValue())))
                .toList();
    }

    /** @param name such as {@code GET /orders/{id}} */
    Operation operation(String name) {
        return operations().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("There is no operation " + name));
    }

    /** One thing that can be asked. */
    record Operation(String method, String template, Place path, Place place) {

        String name() {
            return method + " " + template;
        }

        /** Who serves it, besides the gateway. */
        Set<String> services(ApiDocument api) {
            return place.listed("tags").stream()
                    .flatMap(tag -> api.document.root().listed("tags").stream()
                            .filter(each -> each.text("name").equals(tag.text())))
                    .flatMap(tag -> tag.find("x-services").isPresent()
                            ? tag.listed("x-services").stream().map(Place::text)
                            : Stream.of(tag.text("name")))
                    .collect(Collectors.toSet());
        }

        /** Where it can be asked. */
        Set<String> servers() {
            return path.listed("servers").stream()
                    .map(server -> server.text("url"))
                    .collect(Collectors.toSet());
        }

        boolean isAtTheGateway() {
            return servers().contains("/");
        }

        /** What lets one in, such as {@code bearer [Orders.Manage]}. */
        Set<String> security() {
            return place.listed("security").stream()
                    .flatMap(alternative -> alternative.all().entrySet().stream())
                    .map(scheme -> scheme.getKey() + " "
                            + scheme.getValue().all().values().stream()
                                    .map(Place::text)
                                    .collect(Collectors.toCollection(TreeSet::new)))
                    .collect(Collectors.toSet());
        }

        Set<String> statuses() {
            return place.get("responses").all().keySet().stream()
                    .filter(status -> !status.equals("default"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        Optional<Place> body() {
            return place.find("requestBody")
                    .map(body -> body.get("content").get("application/json").get("schema"));
        }

        /** @param in such as {@code query} */
        Set<String> parameters(String in) {
            return Stream.of(path, place)
                    .flatMap(each -> each.listed("parameters").stream())
                    .filter(parameter -> parameter.text("in").equals(in))
                    .map(parameter -> parameter.text("name"))
                    .collect(Collectors.toSet());
        }

        /** What about an answer is not as it is written. */
        List<String> breaches(Answer answer) {
            String status = Integer.toString(answer.status());
            Optional<Place> said = place.get("responses").find(status);
            Place response = said.orElseGet(() -> place.get("responses").get("default"));
            List<String> breaches = new ArrayList<>(headers(response, answer));
            breaches.addAll(content(response, answer));
            if (said.isEmpty() && answer.status() < 400) {
                breaches.add("is not documented");
            }
            return breaches.stream()
                    .map(breach ->
                            name() + " " + status + ": " + breach + " in " + answer.headers() + " " + answer.body())
                    .toList();
        }

        private static List<String> headers(Place response, Answer answer) {
            List<String> breaches = new ArrayList<>();
            Map<String, Place> headers =
                    response.find("headers").map(Place::all).orElse(Map.of());
            headers.forEach((name, header) -> answer.header(name)
                    .ifPresentOrElse(
                            value -> {
                                Place schema = header.get("schema");
                                boolean number = schema.text("type").equals("integer");
                                schema.violations(
                                                number
                                                        ? value
                                                        : Json.createValue(value)
                                                                .toString())
                                        .forEach(violation -> breaches.add(name + violation));
                            },
                            () -> {
                                if (header.isTrue("required")) {
                                    breaches.add("has no " + name);
                                }
                            }));
            MEANT.stream()
                    .filter(name -> answer.header(name).isPresent() && !headers.containsKey(name))
                    .forEach(name -> breaches.add("has an undocumented header " + name));
            return breaches;
        }

        private static List<String> content(Place response, Answer answer) {
            Optional<String> type = answer.header("Content-Type");
            Map<String, Place> content =
                    response.find("content").map(Place::all).orElse(Map.of());
            if (content.isEmpty()) {
                return type.isEmpty() && answer.body().isEmpty() ? List.of() : List.of("has an undocumented body");
            }
            Optional<Place> media = type.flatMap(it -> Optional.ofNullable(content.get(it)));
            if (media.isEmpty()) {
                return List.of("has an undocumented content type");
            }
            Place schema = media.get().get("schema");
            return switch (type.get()) {
                case EVENTS -> events(schema, answer);
                case PROBLEM -> {
                    List<String> violations = new ArrayList<>(schema.violations(answer.body()));
                    if (!media.get().names("examples").contains(answer.json().getString("code"))) {
                        violations.add("has an undocumented code");
                    }
                    if (answer.json().getInt("status") != answer.status()) {
                        violations.add("has the status of something else");
                    }
                    yield violations;
                }
                default -> schema.violations(answer.body());
            };
        }

        private static List<String> events(Place schema, Answer answer) {
            List<MatchResult> events = EVENT.matcher(answer.body()).results().toList();
            Set<String> kinds = events.stream().map(event -> event.group(1)).collect(Collectors.toSet());
            return kinds.equals(schema.names("$defs"))
                    ? events.stream()
                            .flatMap(event ->
                                    schema.get("$defs").get(event.group(1)).violations(event.group(2)).stream())
                            .toList()
                    : List.of("has the events " + kinds + ", not " + schema.names("$defs"));
        }
    }
}
