package dev.hexmart.tools.viewer;

import io.helidon.webserver.http.ServerRequest;
import java.util.Locale;

/** The id of a trace in a URL. */
final class TraceId {

    private TraceId() {}

    /** @throws BadRequest if it is none */
    static String in(ServerRequest req) {
        return checked(req.path().pathParameters().get("id"));
    }

    /** @throws BadRequest if it is none */
    static String checked(String text) {
        String id = text.strip().toLowerCase(Locale.ROOT);
        if (!id.matches("[0-9a-f]{16}|[0-9a-f]{32}")) {
            throw new BadRequest("A trace's id has 32 hexadecimal digits");
        }
        return id;
    }
}
