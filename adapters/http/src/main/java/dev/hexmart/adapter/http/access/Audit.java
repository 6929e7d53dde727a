package dev.hexmart.adapter.http.access;

import dev.hexmart.adapter.http.exchange.Request;
import dev.hexmart.adapter.http.exchange.Response;
import dev.hexmart.application.identity.Caller;
import java.lang.System.Logger.Level;
import java.util.Set;

/** The audit log: changes by callers with a role. */
final class Audit {

    private static final System.Logger LOG = System.getLogger("dev.hexmart.audit");
    private static final Set<String> LOOKING = Set.of("GET", "HEAD");

    private Audit() {}

    /** @param answer the response; a refused request has changed nothing */
    static void keep(Access access, Request request, Response answer) {
        if (answer.status() < 400 && !LOOKING.contains(request.method()) && isByRight(access, request)) {
            LOG.log(Level.INFO, "{0} did {1} {2}", name(request.caller()), request.method(), request.path());
        }
    }

    private static boolean isByRight(Access access, Request request) {
        return switch (access) {
            case Access.Page(Access visitors) -> isByRight(visitors, request);
            case Access.Requires _, Access.PersonWith _ -> true;
            case Access.CustomerOr(var role) -> request.caller().may(role);
            case Access.Open _, Access.SignedIn _, Access.Customer _ -> false;
        };
    }

    /** The object id; names do not belong in a log. */
    private static String name(Caller caller) {
        return switch (caller) {
            case Caller.Person person -> "Person " + person.id();
            case Caller.Service service -> "Application " + service.clientId();
        };
    }
}
