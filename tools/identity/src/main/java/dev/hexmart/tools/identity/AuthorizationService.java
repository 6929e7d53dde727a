package dev.hexmart.tools.identity;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Where a browser comes to sign in and to sign out. */
record AuthorizationService(Directory directory, AuthorizationCodes codes, BrowserSessions sessions)
        implements HttpService {

    /** By Entra ID's own name for it. Not {@code Secure}: a browser keeps no such cookie of {@code http}. */
    private static final String COOKIE = "ESTSAUTH";

    @Override
    public void routing(HttpRules rules) {
        rules.get(Endpoints.AUTHORIZE, this::authorize)
                .get(Endpoints.LOGOUT, this::logout)
                .any(Endpoints.AUTHORIZE, AuthorizationService::refuseMethod)
                .any(Endpoints.LOGOUT, AuthorizationService::refuseMethod);
    }

    private void authorize(ServerRequest req, ServerResponse res) {
        Parameters request = query(req);
        Reply reply = replyTo(request);
        try {
            AuthorizationRequest valid = validate(request);
            Optional<String> cookie = cookie(req);
            Optional<User> user = chosenUser(request, cookie);
            if (user.isPresent()) {
                String secret = sessions.signIn(cookie, user.get(), directory.frontChannelLogout(reply.redirectUri()));
                setCookie(res, secret, "");
                UUID session = sessions.find(Optional.of(secret)).orElseThrow().id();
                Grant grant = new Grant(user.get(), session, valid.scopes());
                String code = codes.issue(new AuthorizationCodes.Issued(
                        grant, reply.redirectUri(), valid.challenge(), request.find("nonce")));
                reply.send(res, Map.of("code", code));
            } else {
                Page.signIn(directory, request).send(res);
            }
        } catch (Refusal refusal) {
            reply.send(res, Map.of("error", refusal.error(), "error_description", refusal.description()));
        }
    }

    /** Finds out where an answer may go at all; until that is certain, errors stay here. */
    private Reply replyTo(Parameters request) {
        directory.requireClient(request.require("client_id"));
        String redirectUri = request.require("redirect_uri");
        if (!directory.allowsRedirectTo(redirectUri)) {
            throw Refusal.of(
                    "invalid_request",
                    50011,
                    "The redirect URI '%s' does not match the redirect URIs configured for the application: %s."
                            .formatted(redirectUri, directory.redirectUris()));
        }
        return switch (request.find("response_mode").orElse("query")) {
            case "query" -> new Reply(redirectUri, false, request.find("state"));
            case "form_post" -> new Reply(redirectUri, true, request.find("state"));
            default -> throw Refusal.malformed("The response_mode must be query or form_post.");
        };
    }

    private AuthorizationRequest validate(Parameters request) {
        if (!request.require("response_type").equals("code")) {
            throw Refusal.of("unsupported_response_type", 700054, "The response_type must be 'code'.");
        }
        String challenge = request.require("code_challenge");
        if (!request.require("code_challenge_method").equals("S256") || !challenge.matches("[A-Za-z0-9_-]{43}")) {
            throw Refusal.of(
                    "invalid_request",
                    501491,
                    "The code_challenge must be the SHA-256 hash of the verifier, as base64url, with the"
                            + " code_challenge_method 'S256'.");
        }
        return new AuthorizationRequest(challenge, Scopes.delegated(request.require("scope"), directory.clientId()));
    }

    private Optional<User> chosenUser(Parameters request, Optional<String> cookie) {
        List<String> prompts = Arrays.asList(request.find("prompt").orElse("").split(" "));
        if (prompts.contains("login") || prompts.contains("select_account")) {
            return Optional.empty();
        }
        Optional<User> user = request.find("login_hint")
                .flatMap(directory::findUser)
                .or(() -> sessions.find(cookie).map(BrowserSessions.Session::user));
        if (user.isEmpty() && prompts.contains("none")) {
            throw Refusal.of("login_required", 50058, "A silent sign-in request was sent but no user is signed in.");
        }
        return user;
    }

    private void logout(ServerRequest req, ServerResponse res) {
        Parameters request = query(req);
        Optional<String> target = request.find("post_logout_redirect_uri");
        if (target.isPresent() && !directory.allowsRedirectAfterLogoutTo(target.get())) {
            throw Refusal.of(
                    "invalid_request",
                    50011,
                    "The post_logout_redirect_uri '%s' is none of those configured for the application: %s."
                            .formatted(target.get(), directory.postLogoutRedirectUris()));
        }
        Optional<String> onwards = target.map(uri -> request.find("state")
                .map(state -> uri + "?" + Parameters.format(Map.of("state", state)))
                .orElse(uri));
        Optional<BrowserSessions.Session> ended = sessions.signOut(cookie(req));
        if (ended.isPresent()) {
            setCookie(res, "", "; Max-Age=0");
            Page.signingOut(ended.get(), onwards).send(res);
        } else if (onwards.isPresent()) {
            redirect(res, onwards.get());
        } else {
            Page.signedOut().send(res);
        }
    }

    private static Optional<String> cookie(ServerRequest req) {
        return req.headers().cookies().first(COOKIE).asOptional();
    }

    private void setCookie(ServerResponse res, String value, String more) {
        res.header(
                HeaderNames.SET_COOKIE,
                "%s=%s; Path=/%s; HttpOnly; SameSite=Lax%s".formatted(COOKIE, value, directory.tenantId(), more));
    }

    private static Parameters query(ServerRequest req) {
        return Parameters.parse(req.query().rawValue());
    }

    private static void refuseMethod(ServerRequest req, ServerResponse res) {
        throw Refusal.wrongMethod("GET");
    }

    private static void redirect(ServerResponse res, String uri) {
        res.status(Status.FOUND_302);
        res.header(HeaderNames.CACHE_CONTROL, "no-store");
        res.header(HeaderNames.LOCATION, uri);
        res.send();
    }

    private record AuthorizationRequest(String challenge, Scopes scopes) {}

    private record Reply(String redirectUri, boolean byForm, Optional<String> state) {

        void send(ServerResponse res, Map<String, String> answer) {
            Map<String, String> parameters = new LinkedHashMap<>(answer);
            state.ifPresent(value -> parameters.put("state", value));
            if (byForm) {
                Page.formPost(redirectUri, parameters).send(res);
            } else {
                redirect(res, redirectUri + "?" + Parameters.format(parameters));
            }
        }
    }
}
