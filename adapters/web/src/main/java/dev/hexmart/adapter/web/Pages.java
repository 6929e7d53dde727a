package dev.hexmart.adapter.web;

import dev.hexmart.adapter.http.Authenticator;
import dev.hexmart.adapter.http.Authenticator.Authentication;
import dev.hexmart.adapter.http.Handler;
import dev.hexmart.adapter.http.Header;
import dev.hexmart.adapter.http.ProblemException;
import dev.hexmart.adapter.http.Request;
import dev.hexmart.adapter.http.Response;
import dev.hexmart.adapter.storefront.Page;
import dev.hexmart.adapter.storefront.Storefront;
import dev.hexmart.adapter.storefront.Visitor;
import dev.hexmart.application.failure.InfrastructureFailure;
import dev.hexmart.application.identity.Caller;
import dev.hexmart.application.identity.Credential;
import dev.hexmart.application.identity.Role;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.Set;

/** What all pages have in common: finding out who looks, showing them something, and saying so where that does not work. */
public final class Pages {

    private static final System.Logger LOG = System.getLogger(Pages.class.getName());

    private final Authenticator visitors;
    private final Storefront storefront;

    public Pages(Authenticator visitors, Storefront storefront) {
        this.visitors = visitors;
        this.storefront = storefront;
    }

    /** A request for a page, by somebody who is signed in or by nobody in particular. */
    record Visit(Request request, Optional<Request.Identity> identity) {

        Optional<Credential> credential() {
            return identity.map(Request.Identity::credential);
        }

        /** Where to sign in and come back to the page. */
        String signIn() {
            return Html.signIn(path());
        }

        private Visitor visitor() {
            Optional<Caller> caller = identity.map(Request.Identity::caller);
            return new Visitor(
                    caller.map(Visit::name), caller.map(Caller::roles).orElse(Set.of()), Html.locale(request));
        }

        private String path() {
            return Html.path(request);
        }

        private static String name(Caller caller) {
            return switch (caller) {
                case Caller.Person person -> person.displayName();
                case Caller.Service service -> service.clientId();
            };
        }
    }

    /** Answers a visit. */
    @FunctionalInterface
    interface Answering {
        Response answer(Visit visit);
    }

    /** Answers a visit of somebody who is signed in. */
    @FunctionalInterface
    interface CustomersAnswering {
        Response answer(Visit visit, Credential customer);
    }

    Handler forAnybody(Answering answering) {
        return request -> {
            Visit visit = new Visit(request, Optional.empty());
            try {
                Authentication authentication = visitors.authenticate(request);
                if (authentication instanceof Authentication.Anonymous && Html.isFromElsewhere(request)) {
                    // Their cookie comes along when it is our own page that asks.
                    return Html.page(200, storefront.reload());
                }
                if (authentication instanceof Authentication.Identified(Caller caller, Credential credential)) {
                    visit = new Visit(request, Optional.of(new Request.Identity(caller, credential)));
                }
                return answering.answer(visit);
            } catch (ProblemException e) {
                var problem = e.problem();
                return trouble(visit, problem.type().status(), problem.type().title(), problem.detail());
            } catch (InfrastructureFailure e) {
                LOG.log(Level.WARNING, "A page cannot be shown: {0}", e.getMessage());
                return closed(visit);
            }
        };
    }

    /** Whoever is not signed in is sent to do so, and back. */
    Handler forCustomers(CustomersAnswering answering) {
        return forAnybody(visit -> visit.identity()
                .map(identity -> switch (identity.caller()) {
                    case Caller.Person _ -> answering.answer(visit, identity.credential());
                    case Caller.Service _ ->
                        trouble(visit, 403, "This is for people", "An application has neither a cart nor orders.");
                })
                .orElseGet(() -> Html.redirect(visit.signIn())));
    }

    /** The same, and whoever lacks the role is told so. */
    Handler forEmployees(Role role, CustomersAnswering answering) {
        return forCustomers((visit, employee) -> visit.identity().stream()
                        .anyMatch(identity -> identity.caller().may(role))
                ? answering.answer(visit, employee)
                : trouble(
                        visit,
                        403,
                        "This is for those who work here",
                        "It needs the role " + role.published()
                                + ", which an administrator gives. Sign out and in again" + " once you have it."));
    }

    Response show(Visit visit, Page page) {
        return show(visit, 200, page);
    }

    /** @param policy what the page may load, where that is more than others may */
    Response show(Visit visit, Page page, Header policy) {
        return Html.page(200, storefront.render(page, visit.visitor(), visit.path()), policy);
    }

    Response trouble(Visit visit, int status, String title, String advice) {
        return show(visit, status, new Page.Trouble(title, advice, status == 429 || status >= 500));
    }

    private Response closed(Visit visit) {
        return trouble(
                        visit,
                        503,
                        "This part of the shop is closed for a moment",
                        "What is needed for this page does not answer. Your cart and your orders are safe; try again in a"
                                + " little while. The rest of the shop may well be open.")
                .with("Retry-After", "5");
    }

    private Response show(Visit visit, int status, Page page) {
        return Html.page(status, storefront.render(page, visit.visitor(), visit.path()));
    }
}
