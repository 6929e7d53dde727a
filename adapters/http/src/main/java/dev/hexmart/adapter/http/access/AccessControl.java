package dev.hexmart.adapter.http.access;

import dev.hexmart.adapter.http.access.Authenticator.Authentication;
import dev.hexmart.adapter.http.exchange.Header;
import dev.hexmart.adapter.http.exchange.Request;
import dev.hexmart.adapter.http.exchange.Response;
import dev.hexmart.adapter.http.problem.Problem;
import dev.hexmart.adapter.http.problem.ProblemException;
import dev.hexmart.adapter.http.problem.ProblemType;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** Decides by its head whether a request is let in: counts it, identifies its caller, and checks the access of its route. */
public final class AccessControl {

    private final Authenticator authenticator;
    private final RateLimits limits;
    private final OpenStreams streams;

    /** @param most how many streams there may be in all */
    public AccessControl(
            Authenticator authenticator, RateLimits limits, StreamLimits streams, int most, StreamObserver observer) {
        this.authenticator = authenticator;
        this.limits = limits;
        this.streams = new OpenStreams(most, streams, observer);
    }

    /**
     * Begins to check one request.
     *
     * @param counted whether it counts towards the rate limits
     */
    public Check check(Access access, boolean counted, Request head, InetAddress peer) {
        return new Check(access, counted, head, peer);
    }

    /** One request on its way in, and its response on the way out. */
    public final class Check {

        private final Access access;
        private final boolean counted;
        private final InetAddress peer;
        private final RateLimits.Count count = limits.count();
        private Request request;

        private Check(Access access, boolean counted, Request head, InetAddress peer) {
            this.access = access;
            this.counted = counted;
            this.request = head;
            this.peer = peer;
        }

        /** The request with its caller. @throws ProblemException if it is refused */
        public Request admit() {
            Optional<Authentication.Identified> recognized = Optional.empty();
            if (counted) {
                recognized = recognized();
                count.from(
                        peer,
                        request.headerValues("X-Forwarded-For"),
                        recognized.map(Authentication.Identified::caller));
            }
            Authentication authentication = recognized.isPresent() ? recognized.get() : authentication();
            if (authentication instanceof Authentication.Identified it) {
                request = request.by(it.caller(), it.credential());
                if (counted) {
                    count.by(it.caller());
                }
            }
            authorize(authentication);
            return request;
        }

        /** The request with its caller, as far as they are known. */
        public Request request() {
            return request;
        }

        /** The rate limit headers of every response. */
        public List<Header> headers() {
            return count.headers();
        }

        /**
         * The response as it is sent to the caller: a stream takes a place, and ends soon after its caller's session or token
         * has. A change by right of a role is logged.
         *
         * @throws ProblemException where there is no place for a stream
         */
        public Response granted(Response response) {
            Audit.keep(access, request, response);
            if (!(response.body() instanceof Response.Streamed streamed)
                    || request.method().equals("HEAD")) {
                return response;
            }
            try {
                OpenStreams.Place place = streams.take(
                        request.identity().map(Request.Identity::caller),
                        peer,
                        request.headerValues("X-Forwarded-For"));
                StillAdmitted admitted = new StillAdmitted(authenticator, access, request, System::nanoTime);
                return new Response(
                        response.status(),
                        response.headers(),
                        new Response.Streamed(
                                streamed.mediaType(), new GuardedStream(streamed.streaming(), place, admitted)));
            } catch (ProblemException e) {
                streamed.streaming().close();
                throw e;
            }
        }

        private Optional<Authentication.Identified> recognized() {
            return access instanceof Access.Open ? Optional.empty() : authenticator.recognize(request);
        }

        /** Not called for public routes. */
        private Authentication authentication() {
            return access instanceof Access.Open ? new Authentication.Anonymous() : authenticator.authenticate(request);
        }

        private void authorize(Authentication authentication) {
            boolean admitted = authentication instanceof Authentication.Identified it
                    ? access.admits(it.caller())
                    : access.admitsAnonymous();
            if (admitted) {
                return;
            }
            throw new ProblemException(
                    switch (authentication) {
                        case Authentication.Identified _ ->
                            Problem.of(ProblemType.FORBIDDEN, "This needs " + access.requirement())
                                    .withHeader("WWW-Authenticate", "Bearer error=\"insufficient_scope\"");
                        case Authentication.Anonymous _ ->
                            Problem.of(ProblemType.UNAUTHENTICATED, "Send a token as Authorization: Bearer <token>")
                                    .withHeader("WWW-Authenticate", "Bearer");
                        case Authentication.Rejected _ ->
                            Problem.of(
                                            ProblemType.UNAUTHENTICATED,
                                            "The token is invalid or has expired; get a new one")
                                    .withHeader("WWW-Authenticate", "Bearer error=\"invalid_token\"");
                    });
        }
    }
}
