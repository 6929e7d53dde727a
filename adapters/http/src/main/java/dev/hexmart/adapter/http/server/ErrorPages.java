package dev.hexmart.adapter.http.server;

import dev.hexmart.adapter.http.exchange.Request;
import dev.hexmart.adapter.http.exchange.Response;
import dev.hexmart.adapter.http.problem.Problem;
import java.util.Optional;

/** Renders problems as pages for browsers. */
@FunctionalInterface
public interface ErrorPages {

    /** Every client gets problem details. */
    ErrorPages NONE = (_, _) -> Optional.empty();

    /**
     * An error page, with the status and the headers of the problem.
     *
     * @param head of the request, as far as it is known: one that was refused early may lack its path or its headers
     */
    Optional<Response> page(Request head, Problem problem);

    /**
     * What is shown in the place of a page that cannot be shown. An unauthenticated visitor is sent to sign in.
     *
     * @param visit the request for the page, with the visitor's identity if they could be identified
     */
    default Optional<Response> instead(Request visit, Problem problem) {
        return page(visit, problem);
    }
}
