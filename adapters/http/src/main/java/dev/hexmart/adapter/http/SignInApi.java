package dev.hexmart.adapter.http;

import dev.hexmart.adapter.json.CallerJson;
import dev.hexmart.adapter.json.Json;
import dev.hexmart.application.identity.BeginSignIn;
import dev.hexmart.application.identity.BeginSignIn.Begun;
import dev.hexmart.application.identity.BrowserMark;
import dev.hexmart.application.identity.CompleteSignIn;
import dev.hexmart.application.identity.CompleteSignIn.Outcome;
import dev.hexmart.application.identity.EndSession;
import dev.hexmart.application.identity.SessionId;
import dev.hexmart.application.identity.SignInAttempt;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Signs browsers in and out, and tells whoever is signed in who they are. */
public final class SignInApi {

    private static final System.Logger LOG = System.getLogger(SignInApi.class.getName());
    private static final String SIGNED_OUT = "/signed-out";
    private static final int FOUND = 302;
    private static final int SEE_OTHER = 303;

    private final BeginSignIn begin;
    private final CompleteSignIn complete;
    private final EndSession end;
    private final Pages pages;

    public SignInApi(BeginSignIn begin, CompleteSignIn complete, EndSession end, Pages pages) {
        this.begin = begin;
        this.complete = complete;
        this.end = end;
        this.pages = pages;
    }

    /** What people are shown who sign in or out. */
    public interface Pages {

        Response signedOut();

        /** That it did not work, and how to try again. */
        Response signInRefused();
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/login", Access.OPEN, this::login),
                Route.get("/callback", Access.OPEN, this::callback),
                Route.get(SIGNED_OUT, Access.OPEN, this::signedOut),
                Route.post("/logout", Access.SIGNED_IN, this::logout),
                Route.get("/me", Access.SIGNED_IN, SignInApi::me));
    }

    private Response login(Request request) {
        String returnTo =
                request.query("returnTo", SignInAttempt::requireOwnPath).orElse("/");
        Begun begun = begin.begin(mark(request), returnTo);
        return redirect(FOUND, begun.address())
                .with("Set-Cookie", Cookies.signIn(begun.browser().value()).value());
    }

    private Response callback(Request request) {
        Optional<String> state = request.query("state", value -> value);
        Optional<String> code = request.query("code", value -> value);
        Optional<BrowserMark> browser = mark(request);
        if (browser.isEmpty() || state.isEmpty()) {
            return refused(request, "no sign-in is under way in this browser");
        }
        if (code.isEmpty()) {
            complete.abandon(browser.get(), state.get());
            return refused(request, "the provider answered " + error(request));
        }
        return switch (complete.complete(browser.get(), state.get(), code.get(), session(request))) {
            case Outcome.Started started ->
                redirect(SEE_OTHER, URI.create(started.returnTo()))
                        .with(
                                "Set-Cookie",
                                Cookies.session(started.session().value()).value());
            case Outcome.Refused refusal -> refused(request, refusal.reason());
        };
    }

    /** Also where the provider tells us, in a frame of its own page, that it has signed somebody out. */
    private Response signedOut(Request request) {
        request.query("sid", value -> value).ifPresent(end::endAllOf);
        return pages.signedOut();
    }

    private Response logout(Request request) {
        URI address = session(request).flatMap(end::end).orElse(URI.create(SIGNED_OUT));
        Response answer = wants(request, "application/json")
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

    private Response refused(Request request, String reason) {
        LOG.log(Level.INFO, "A sign-in was refused: {0}", reason);
        if (wants(request, "text/html")) {
            return pages.signInRefused();
        }
        throw new ProblemException(
                Problem.of(ProblemType.SIGN_IN_REFUSED, "Begin anew at /login, in the browser in which you go on"));
    }

    /** One of the few words that the protocol knows; whatever else stands there was made up by somebody. */
    private static String error(Request request) {
        return request.query("error", value -> value)
                .filter(word -> word.matches("[a-z_]{1,50}"))
                .orElse("without a code");
    }

    private static Optional<BrowserMark> mark(Request request) {
        return Cookies.find(request, Cookies.SIGN_IN).map(BrowserMark::new);
    }

    private static Optional<SessionId> session(Request request) {
        return Cookies.find(request, Cookies.SESSION).map(SessionId::new);
    }

    private static boolean wants(Request request, String mediaType) {
        return request.header("Accept").orElse("").toLowerCase(Locale.ROOT).contains(mediaType);
    }

    private static Response redirect(int status, URI address) {
        return new Response(status, List.of(new Header("Location", address.toString())), new Response.Nothing());
    }
}
