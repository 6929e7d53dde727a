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

    /** Whatever else can be wrong with a request is as its problem says, in words for those who wrote the request. */
    private static Words words(Problem problem) {
        return switch (problem.type()) {
            case NOT_FOUND ->
                new Words(
                        "There is nothing here",
                        "The address may be mistyped or out of date, or what it stands for is not yours to see.");
            case METHOD_NOT_ALLOWED ->
                new Words(
                        "This address is for something else",
                        "It cannot be opened or sent to like that. Begin at the shop’s first page.");
            case UNAUTHENTICATED ->
                new Words("Sign in to see this", "It is for those who are signed in; perhaps your session has ended.");
            case FORBIDDEN ->
                new Words(
                        "You may not do this",
                        problem.detail() + ". An administrator gives rights; sign out and in again once you have it.");
            case CROSS_SITE ->
                new Words(
                        "This did not come from the shop",
                        "A page that is not ours wanted to change something in your name. Nothing has been changed.");
            case TOO_MANY_REQUESTS ->
                new Words(
                        "That was a little fast",
                        "More has been asked from where you are than the shop takes at a time. "
                                + tryAgain(problem.retryAfter()));
            case BODY_TOO_LARGE ->
                new Words("That was too much at once", "What was sent is larger than the shop takes. Send less.");
            case UNAVAILABLE ->
                new Words(
                        "This part of the shop is closed for a moment",
                        "What is needed here does not answer. Your cart and your orders are safe, and the rest of the shop"
                                + " may well be open. " + tryAgain(problem.retryAfter()));
            case INTERNAL_ERROR ->
                new Words(
                        "Something went wrong here",
                        "It was not your doing, and it has been noted. Your cart and your orders are safe. "
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

    /** By its trace, or, where nothing is traced, by what stands in the log. */
    private Optional<Reference> reference(Problem problem) {
        return problem.text("traceId")
                .map(trace -> new Reference(trace, traces.to(trace)))
                .or(() -> problem.text("errorId").map(error -> new Reference(error, Optional.empty())));
    }
}
