package dev.hexmart.adapter.http.server;

import dev.hexmart.adapter.http.access.Access;
import dev.hexmart.adapter.http.exchange.Handler;
import java.util.Optional;

/**
 * A route of a service.
 *
 * @param method in capitals, or {@link #ANY_METHOD}
 * @param template a path with parameters in braces, such as {@code /orders/{id}}
 * @param useCase that it drives; empty for routes without one, such as a page or a file
 * @param counted whether a request counts towards the rate limits; static files do not
 */
public record Route(
        String method, String template, Access access, Optional<Class<?>> useCase, Handler handler, boolean counted) {

    /** For forwarded requests: the service behind knows its methods. */
    public static final String ANY_METHOD = "*";

    private Route(String method, String template, Access access, Optional<Class<?>> useCase, Handler handler) {
        this(method, template, access, useCase, handler, true);
    }

    public static Route get(String template, Access access, Class<?> useCase, Handler handler) {
        return new Route("GET", template, access, Optional.of(useCase), handler);
    }

    public static Route get(String template, Access access, Handler handler) {
        return new Route("GET", template, access, Optional.empty(), handler);
    }

    /** A page for browsers. @param visitors the access that its visitors need */
    public static Route page(String template, Access visitors, Handler handler) {
        return get(template, new Access.Page(visitors), handler);
    }

    public static Route post(String template, Access access, Class<?> useCase, Handler handler) {
        return new Route("POST", template, access, Optional.of(useCase), handler);
    }

    public static Route post(String template, Access access, Handler handler) {
        return new Route("POST", template, access, Optional.empty(), handler);
    }

    public static Route put(String template, Access access, Class<?> useCase, Handler handler) {
        return new Route("PUT", template, access, Optional.of(useCase), handler);
    }

    public static Route delete(String template, Access access, Class<?> useCase, Handler handler) {
        return new Route("DELETE", template, access, Optional.of(useCase), handler);
    }

    public static Route any(String template, Access access, Handler handler) {
        return new Route(ANY_METHOD, template, access, Optional.empty(), handler);
    }

    /** The same, handled by another handler. */
    public Route with(Handler other) {
        return new Route(method, template, access, useCase, other, counted);
    }

    /** The same, free of rate limits. */
    public Route uncounted() {
        return new Route(method, template, access, useCase, handler, false);
    }
}
