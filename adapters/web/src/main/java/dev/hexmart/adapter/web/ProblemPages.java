package dev.hexmart.adapter.web;

import dev.hexmart.adapter.http.exchange.Request;
import dev.hexmart.adapter.http.exchange.Response;
import dev.hexmart.adapter.http.problem.Problem;
import dev.hexmart.adapter.http.problem.ProblemType;
import dev.hexmart.adapter.http.server.ErrorPages;
import dev.hexmart.adapter.storefront.Page.Link;
import dev.hexmart.adapter.storefront.Refusal;
import dev.hexmart.adapter.storefront.Refusal.Reference;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What browsers show where a request fails: at an unknown address, at a page that cannot be shown, when there are too many
 * requests, when something is broken.
 *
 * <p>The visitor is not identified for it: that may be just what does not work.
 */
public final class ProblemPages implements ErrorPages {

    private static final Set<String> REPEATABLE = Set.of("GET", "HEAD");
    private static final int SECONDS_THAT_SAY_SOMETHING = 120;

    private final Pages pages;
    private final TraceLink traces;

    public ProblemPages(Pages pages, TraceLink traces) {
        this.pages = pages;
        this.traces = traces;
    }

    @Override
    public Optional<Response> page(Request head, Problem problem) {
        Words words = words(problem);
        Refusal refusal = new Refusal(words.title(), words.advice(), way(head, problem.type()), reference(problem));
        return Optional.of(pages.refuse(problem.type().status(), refusal).with(problem.headers()));
    }

    /** An unauthenticated visitor is sent to sign in; other problems are shown in the frame of the page, with the visitor's name. */
    @Override
    public Optional<Response> instead(Request visit, Problem problem) {
        return switch (problem.type()) {
            case UNAUTHENTICATED -> Optional.of(pages.signIn(visit));
            // The frame has no place for the reference by which the failure is found.
            case INTERNAL_ERROR -> page(visit, problem);
            default -> {
                Words words = words(problem);
                yield Optional.of(pages.trouble(visit, problem.type().status(), words.title(), words.advice())
                        .with(problem.headers()));
            }
        };
    }

    private record Words(String title, String advice) {}

    /** The texts of a problem's page; by default the problem's own. */
    private static Words words(Problem problem) {
        return switch (problem.type()) {
            case NOT_FOUND ->
                new Words(
                        "Page not found",
                        "The address may be mistyped or out of date, or the page belongs to another customer.");
            case METHOD_NOT_ALLOWED ->
                new Words(
                        "Method not allowed",
                        "The page cannot be requested in this way. Start at the shop’s first page.");
            case UNAUTHENTICATED -> new Words("Sign in to see this", "Sign in first; perhaps your session has ended.");
            case FORBIDDEN ->
                new Words(
                        "Not allowed",
                        problem.detail()
                                + ". An administrator grants permissions; sign out and in again once you have it.");
            case CROSS_SITE ->
                new Words(
                        "Cross-site request refused",
                        "Another site tried to make a change in your name. Nothing has been changed.");
            case TOO_MANY_REQUESTS ->
                new Words(
                        "Too many requests",
                        "The rate limit for your address is reached. " + tryAgain(problem.retryAfter()));
            case BODY_TOO_LARGE ->
                new Words("Request too large", "The request is larger than the shop accepts. Send less.");
            case UNAVAILABLE ->
                new Words(
                        "This part of the shop is not available at the moment",
                        "A service does not answer. Your cart and your orders are safe, and the rest of the shop"
                                + " may be available. " + tryAgain(problem.retryAfter()));
            case INTERNAL_ERROR ->
                new Words(
                        "Something went wrong here",
                        "It is a failure of the shop, and it was logged. Your cart and your orders are safe. "
                                + tryAgain(problem.retryAfter()));
            default -> new Words(problem.type().title(), problem.detail() + ".");
        };
    }

    private static String tryAgain(OptionalInt seconds) {
        int after = seconds.orElse(0);
        if (after >= SECONDS_THAT_SAY_SOMETHING) {
            return "Try again in " + Math.ceilDiv(after, 60) + " minutes.";
        }
        return after > 1 ? "Try again in " + after + " seconds." : "Try again in a moment.";
    }

    private static Optional<Link> way(Request head, ProblemType type) {
        boolean repeatable = REPEATABLE.contains(head.method());
        String path = repeatable ? Html.path(head) : "/";
        return switch (type) {
            case UNAUTHENTICATED -> Optional.of(new Link("Sign in", Html.signIn(path)));
            case TOO_MANY_REQUESTS, UNAVAILABLE, INTERNAL_ERROR ->
                repeatable ? Optional.of(new Link("Try again", path)) : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** By its trace id or, without tracing, by its errorId in the log. */
    private Optional<Reference> reference(Problem problem) {
        return problem.text("traceId")
                .map(trace -> new Reference(trace, traces.to(trace)))
                .or(() -> problem.text("errorId").map(error -> new Reference(error, Optional.empty())));
    }
}
