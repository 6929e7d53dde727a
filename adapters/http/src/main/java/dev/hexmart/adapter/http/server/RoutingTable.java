package dev.hexmart.adapter.http.server;

import dev.hexmart.adapter.http.access.Access;
import dev.hexmart.adapter.http.exchange.Handler;
import dev.hexmart.adapter.http.exchange.Request;
import dev.hexmart.adapter.http.exchange.Response;
import dev.hexmart.adapter.http.problem.Problem;
import dev.hexmart.adapter.http.problem.ProblemException;
import dev.hexmart.adapter.http.problem.ProblemType;
import io.helidon.http.Method;
import io.helidon.webserver.http.HttpRouting;
import java.util.Optional;
import java.util.function.Function;

/** Makes Helidon's routing of the routes; paths without a route and methods that a path does not have are refused. */
final class RoutingTable {

    private static final String NO_TEMPLATE = "";

    private RoutingTable() {}

    static HttpRouting.Builder of(Routes routes, Dispatcher dispatcher) {
        HttpRouting.Builder routing = HttpRouting.builder();
        for (Route route : routes.list()) {
            if (route.method().equals(Route.ANY_METHOD)) {
                routing.any(route.template(), (request, response) -> dispatcher.dispatch(route, request, response));
                continue;
            }
            add(routing, route.method(), route, dispatcher);
            if (route.method().equals("GET")) {
                add(routing, "HEAD", route, dispatcher);
            }
        }
        routes.allowed().forEach((template, methods) -> {
            Route route = refusing(template, request -> notAllowed(request, methods));
            routing.any(template, (request, response) -> dispatcher.dispatch(route, request, response));
        });
        Route nothing = refusing(NO_TEMPLATE, Request::notFound);
        return routing.any((request, response) -> dispatcher.dispatch(nothing, request, response));
    }

    /** The template that the path of a request has matched, if there is one for any method. */
    static Optional<String> template(Route route) {
        return Optional.of(route.template()).filter(template -> !template.equals(NO_TEMPLATE));
    }

    /** Whether every request is refused by its head: its body need not be sent. */
    static boolean refusesAll(Route route) {
        return route.handler() instanceof Refusing;
    }

    private static void add(HttpRouting.Builder routing, String method, Route route, Dispatcher dispatcher) {
        routing.route(
                Method.create(method),
                route.template(),
                (request, response) -> dispatcher.dispatch(route, request, response));
    }

    private static Route refusing(String template, Function<Request, Problem> problem) {
        return Route.any(template, Access.OPEN, new Refusing(problem));
    }

    private static Problem notAllowed(Request request, String methods) {
        return Problem.of(ProblemType.METHOD_NOT_ALLOWED, request.path() + " can be asked with " + methods)
                .withHeader("Allow", methods);
    }

    private record Refusing(Function<Request, Problem> problem) implements Handler {

        @Override
        public Response handle(Request request) {
            throw new ProblemException(problem.apply(request));
        }
    }
}
