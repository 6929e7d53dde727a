package dev.hexmart.adapter.http.api.identity;

import dev.hexmart.adapter.http.access.Access;
import dev.hexmart.adapter.http.access.Cookies;
import dev.hexmart.adapter.http.access.OwnPage;
import dev.hexmart.adapter.http.exchange.AcceptHeader;
import dev.hexmart.adapter.http.exchange.Header;
import dev.hexmart.adapter.http.exchange.Request;
import dev.hexmart.adapter.http.exchange.Response;
import dev.hexmart.adapter.http.problem.Problem;
import dev.hexmart.adapter.http.problem.ProblemException;
import dev.hexmart.adapter.http.problem.ProblemType;
import dev.hexmart.adapter.http.server.Endpoints;
import dev.hexmart.adapter.http.server.Route;
import dev.hexmart.adapter.json.CallerJson;
import dev.hexmart.adapter.json.Json;
import dev.hexmart.application.identity.BeginSignIn;
import dev.hexmart.application.identity.BeginSignIn.Begun;
import dev.hexmart.application.identity.CompleteSignIn;
import dev.hexmart.application.identity.CompleteSignIn.Outcome;
import dev.hexmart.application.identity.CompleteSignIn.Reply;
import dev.hexmart.application.identity.EndSession;
import dev.hexmart.application.identity.SignInAttempt;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Signs browsers in and out, and returns the caller. */
public final class SignInApi implements Endpoints {

    private static final System.Logger LOG = System.getLogger(SignInApi.class.getName());
    private static final String SIGNED_OUT = "/signed-out";
    private static final int FOUND = 302;
    private static final int SEE_OTHER = 303;

    private final BeginSignIn begin;
    private final CompleteSignIn complete;
    private final EndSession end;
    private final Pages pages;
    private final URI shop;
    private final OwnPage ownPage;
    private final Response frame;

    /**
     * @param shop where the shop's pages are, as browsers see it
     * @param provider where the identity provider's pages are, as browsers see it
     */
    public SignInApi(BeginSignIn begin, CompleteSignIn complete, EndSession end, Pages pages, URI shop, URI provider) {
        this.begin = begin;
        this.complete = complete;
        this.end = end;
        this.pages = pages;
        this.shop = shop;
        this.ownPage = new OwnPage(shop);
        this.frame = Response.content(200, "text/html; charset=utf-8", "")
                .with(
                        "Content-Security-Policy",
                        "default-src 'none'; frame-ancestors %s://%s"
                                .formatted(provider.getScheme(), provider.getRawAuthority()));
    }

    /** The pages for sign-in and sign-out. */
    public interface Pages {

        Response signedOut();

        /** That it did not work, why, and how to try again. */
        Response signInRefused(SignInRefusal refusal);

        /** Reloads itself, as a same-site request. */
        Response reload();
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/login", Access.OPEN, BeginSignIn.class, this::login),
                Route.get("/callback", Access.OPEN, CompleteSignIn.class, this::callback),
                Route.get(SIGNED_OUT, Access.OPEN, EndSession.class, this::signedOut),
                // Open, since it is just a session that has ended by which people want to sign out.
                Route.post("/logout", Access.OPEN, EndSession.class, this::logout),
                Route.get("/me", Access.SIGNED_IN, SignInApi::me));
    }

    private Response login(Request request) {
        String returnTo =
                request.query("returnTo", SignInAttempt::requireOwnPath).orElse("/");
        Begun begun = begin.begin(returnTo);
        Header mark = Cookies.signIn(begun.state(), begun.browser().value());
        return redirect(FOUND, begun.address())
                .with(mark.name(), mark.value())
                .with(Cookies.withoutOldestSignIns(request));
    }

    private Response callback(Request request) {
        String state = request.query("state", value -> value).orElse("");
        Reply reply = request.query("code", value -> value)
                .<Reply>map(Reply.Code::new)
                .orElseGet(Reply.Denial::new);
        return switch (complete.complete(
                Cookies.findSignIn(request, state), state, reply, Cookies.findSession(request))) {
            case Outcome.Started started ->
                redirect(SEE_OTHER, URI.create(started.returnTo()))
                        .with(
                                "Set-Cookie",
                                Cookies.session(started.session().value()).value());
            case Outcome.SignedInAlready() -> redirect(SEE_OTHER, URI.create("/"));
            case Outcome.Denied(String returnTo) ->
                refused(
                        request,
                        SignInRefusal.byProvider(
                                request.query("error", value -> value),
                                request.query("error_description", value -> value),
                                returnTo),
                        "the provider denied it");
            case Outcome.Refused(String reason) -> refused(request, SignInRefusal.codeRefused(), reason);
            case Outcome.NotUnderWay() -> notUnderWay(request);
        };
    }

    /** A browser that is sent here by another site keeps its session's cookie to itself; it sends it when we ask. */
    private Response notUnderWay(Request request) {
        if (request.headerValues("Sec-Fetch-Site").contains("cross-site")
                && AcceptHeader.of(request).prefersHtml()) {
            return pages.reload();
        }
        return Cookies.areKept(request)
                ? refused(request, SignInRefusal.over(), "the browser has no sign-in of this state under way")
                : refused(request, SignInRefusal.noCookie(shop), "the browser has sent no cookie");
    }

    /** With the provider's session id it is a front-channel logout, in a frame of the provider's page: an empty document. */
    private Response signedOut(Request request) {
        Optional<String> ended = request.query("sid", value -> value);
        ended.ifPresent(end::endAllOf);
        return ended.isPresent() ? frame : pages.signedOut();
    }

    private Response logout(Request request) {
        ownPage.require(request);
        URI address = end.end(Cookies.findSession(request));
        Response answer = AcceptHeader.of(request).names("application/json")
                ? Response.json(
                        200, Json.object().add("location", address.toString()).build())
                : redirect(SEE_OTHER, address);
        // Not "cookies": on localhost that would take the local provider's as well, which it needs for signing out
        // there.
        return answer.with("Set-Cookie", Cookies.noSession().value()).with("Clear-Site-Data", "\"storage\"");
    }

    private static Response me(Request request) {
        return Response.json(200, CallerJson.write(request.caller()));
    }

    private Response refused(Request request, SignInRefusal refusal, String reason) {
        LOG.log(
                refusal.level(),
                "A sign-in was refused: {0}",
                refusal.code().map(code -> reason + " (" + code + ")").orElse(reason));
        if (AcceptHeader.of(request).prefersHtml()) {
            return pages.signInRefused(refusal);
        }
        throw new ProblemException(Problem.of(ProblemType.SIGN_IN_REFUSED, refusal.detail()));
    }

    private static Response redirect(int status, URI address) {
        return new Response(status, List.of(new Header("Location", address.toString())), new Response.Nothing());
    }
}
