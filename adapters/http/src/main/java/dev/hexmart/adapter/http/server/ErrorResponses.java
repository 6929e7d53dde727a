package dev.hexmart.adapter.http.server;

import dev.hexmart.adapter.http.access.Access;
import dev.hexmart.adapter.http.exchange.AcceptHeader;
import dev.hexmart.adapter.http.exchange.Request;
import dev.hexmart.adapter.http.exchange.Response;
import dev.hexmart.adapter.http.problem.Problem;
import java.lang.System.Logger.Level;
import java.util.Optional;

/** Shows a problem in the form that its client reads: its details, or, in a browser, a page. */
record ErrorResponses(ErrorPages pages) {

    private static final System.Logger LOG = System.getLogger(ErrorResponses.class.getName());

    /** @param request with its caller, as far as known */
    Response of(Problem problem, Request request, Access access) {
        return page(problem, request, access).orElseGet(() -> Response.problem(problem, request.path()));
    }

    private Optional<Response> page(Problem problem, Request request, Access access) {
        try {
            if (access instanceof Access.Page) {
                return pages.instead(request, problem);
            }
            return navigates(request) && AcceptHeader.of(request).prefersHtml()
                    ? pages.page(request, problem)
                    : Optional.empty();
        } catch (RuntimeException e) {
            // The client gets the problem's details instead.
            LOG.log(Level.ERROR, "A problem cannot be shown as a page", e);
            return Optional.empty();
        }
    }

    /** A script gets problem details for any Accept header. */
    private static boolean navigates(Request request) {
        return request.headerValues("Sec-Fetch-Mode").stream().allMatch("navigate"::equals);
    }
}
