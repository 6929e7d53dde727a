package dev.hexmart.bootstrap.platform.service;

import dev.hexmart.adapter.http.problem.ProblemException;
import dev.hexmart.adapter.http.server.Route;
import dev.hexmart.adapter.json.InvalidBody;
import dev.hexmart.adapter.json.MalformedJson;
import dev.hexmart.adapter.telemetry.Telemetry;
import dev.hexmart.adapter.telemetry.UseCases;

/** Gives the use case that a route drives a span of its own in traces. */
final class UseCaseRoutes {

    private final UseCases useCases;

    UseCaseRoutes(Telemetry telemetry) {
        this.useCases = new UseCases(telemetry, UseCaseRoutes::isAnswer);
    }

    /** The same route, traced if it names a use case. */
    Route traced(Route route) {
        return route.useCase()
                .map(useCase -> route.with(request -> useCases.run(
                        useCase.getSimpleName(), () -> route.handler().handle(request))))
                .orElse(route);
    }

    private static boolean isAnswer(RuntimeException e) {
        return switch (e) {
            case ProblemException problem -> problem.problem().type().status() < 500;
            case InvalidBody _, MalformedJson _ -> true;
            default -> false;
        };
    }
}
