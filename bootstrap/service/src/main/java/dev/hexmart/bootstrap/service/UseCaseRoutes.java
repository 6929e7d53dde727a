package dev.hexmart.bootstrap.service;

import dev.hexmart.adapter.http.problem.ProblemException;
import dev.hexmart.adapter.http.server.Route;
import dev.hexmart.adapter.json.InvalidBody;
import dev.hexmart.adapter.json.MalformedJson;
import dev.hexmart.adapter.telemetry.Telemetry;
import dev.hexmart.adapter.telemetry.UseCases;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Has the use case that a route drives appear in traces, under its own name. */
public final class UseCaseRoutes {

    private UseCaseRoutes() {}

    /** @param names the use cases, by method and template, such as {@code GET /orders} */
    public static List<Route> traced(Telemetry telemetry, Map<String, String> names, List<Route> routes) {
        UseCases useCases = new UseCases(telemetry, UseCaseRoutes::isAnswer);
        Set<String> unused = new HashSet<>(names.keySet());
        List<Route> traced = routes.stream()
                .map(route -> {
                    String key = route.method() + " " + route.template();
                    unused.remove(key);
                    return Optional.ofNullable(names.get(key))
                            .map(name -> traced(useCases, name, route))
                            .orElse(route);
                })
                .toList();
        if (!unused.isEmpty()) {
            throw new IllegalArgumentException("There are no such routes: " + unused);
        }
        return traced;
    }

    private static Route traced(UseCases useCases, String name, Route route) {
        return route.with(request -> useCases.run(name, () -> route.handler().handle(request)));
    }

    private static boolean isAnswer(RuntimeException e) {
        return switch (e) {
            case ProblemException problem -> problem.problem().type().status() < 500;
            case InvalidBody _, MalformedJson _ -> true;
            default -> false;
        };
    }
}
