package dev.hexmart.adapter.http.server;

import dev.hexmart.adapter.http.access.Authenticator;
import dev.hexmart.adapter.http.access.RateLimits;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The routes of a server, and its authentication.
 *
 * @param observer sees every request
 * @param limits how often one may ask
 * @param errors what browsers show where there is no other answer
 */
public record Routes(
        Authenticator authenticator, RequestObserver observer, RateLimits limits, ErrorPages errors, List<Route> list) {

    public Routes(Authenticator authenticator, RequestObserver observer, List<Route> list) {
        this(authenticator, observer, RateLimits.NONE, ErrorPages.NONE, list);
    }

    public Routes {
        list = List.copyOf(list);
        List<String> doubled = list.stream()
                .collect(Collectors.groupingBy(route -> route.method() + " " + route.template(), Collectors.counting()))
                .entrySet()
                .stream()
                .filter(entry -> entry.getValue() > 1)
                .map(Map.Entry::getKey)
                .toList();
        if (!doubled.isEmpty()) {
            throw new IllegalArgumentException("There are two routes for each of " + doubled);
        }
    }

    /** The methods that each path knows, for the answer to any other. */
    Map<String, String> allowed() {
        Map<String, String> allowed = new LinkedHashMap<>();
        list.stream().map(Route::template).distinct().forEach(template -> allowed.put(template, allowed(template)));
        return allowed;
    }

    private String allowed(String template) {
        return list.stream()
                .filter(route -> route.template().equals(template))
                .flatMap(route -> route.method().equals("GET") ? Stream.of("GET", "HEAD") : Stream.of(route.method()))
                .collect(Collectors.collectingAndThen(
                        Collectors.toCollection(TreeSet::new), methods -> String.join(", ", methods)));
    }
}
