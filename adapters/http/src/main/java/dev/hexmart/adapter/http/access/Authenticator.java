package dev.hexmart.adapter.http.access;

import dev.hexmart.adapter.http.exchange.Request;
import dev.hexmart.adapter.http.problem.ProblemException;
import dev.hexmart.application.identity.Caller;
import dev.hexmart.application.identity.Credential;
import java.util.Optional;

/** Authenticates the caller, after the head of a request and before its body is read. */
@FunctionalInterface
public interface Authenticator {

    /**
     * @param head the request without its body
     * @throws ProblemException where the request is to be refused for another reason than a missing or bad credential
     */
    Authentication authenticate(Request head);

    /**
     * Who is calling, where that was found out before, holds still and costs next to nothing to tell; nothing otherwise, whether the
     * credential is good or bad.
     */
    default Optional<Authentication.Identified> recognize(Request head) {
        return Optional.empty();
    }

    sealed interface Authentication {

        /** @param credential what the caller may be represented with elsewhere */
        record Identified(Caller caller, Credential credential) implements Authentication {}

        /** There is no credential. */
        record Anonymous() implements Authentication {}

        /** There is one, and it is no good. */
        record Rejected() implements Authentication {}
    }
}
