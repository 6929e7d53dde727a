package dev.hexmart.adapter.http.access;

import dev.hexmart.application.identity.Caller;
import dev.hexmart.application.identity.Role;

/** The access that a route requires. */
public sealed interface Access {

    Access OPEN = new Open();
    Access SIGNED_IN = new SignedIn();
    Access CUSTOMER = new Customer();

    /** Public: no token is required. */
    record Open() implements Access {}

    /** Any valid token, services included. */
    record SignedIn() implements Access {}

    /** A person whose token was issued for acting as a customer. */
    record Customer() implements Access {}

    /** A caller with the role. */
    record Requires(Role role) implements Access {}

    /** A person with the role; a service is not enough, since the change is recorded under a person's name. */
    record PersonWith(Role role) implements Access {}

    /** A customer, or a caller with the role. */
    record CustomerOr(Role role) implements Access {}

    /**
     * A page, for a browser: a visitor who is not signed in and would have to be is sent to sign in, and back. On a page that is
     * open, too, the caller is identified, to be shown by name and counted.
     *
     * @param visitors who is let in
     */
    record Page(Access visitors) implements Access {
        public Page {
            if (visitors instanceof Page) {
                throw new IllegalArgumentException("This is the access of a page already");
            }
        }
    }

    default boolean admits(Caller caller) {
        return switch (this) {
            case Open _, SignedIn _ -> true;
            case Customer _ -> isCustomer(caller);
            case Requires(Role role) -> caller.may(role);
            case PersonWith(Role role) -> caller instanceof Caller.Person && caller.may(role);
            case CustomerOr(Role role) -> isCustomer(caller) || caller.may(role);
            case Page(Access visitors) -> visitors.admits(caller);
        };
    }

    /** Whether a request without a valid credential is let in. */
    default boolean admitsAnonymous() {
        return switch (this) {
            case Open _ -> true;
            case Page(Access visitors) -> visitors.admitsAnonymous();
            case SignedIn _, Customer _, Requires _, PersonWith _, CustomerOr _ -> false;
        };
    }

    /** The requirement, in words for the error message. */
    default String requirement() {
        return switch (this) {
            case Open _ -> "nothing";
            case SignedIn _ -> "a token";
            case Customer _ -> "a person's token with the scope access_as_user";
            case Requires(Role role) -> "the role " + role.published();
            case PersonWith(Role role) -> "the role " + role.published() + ", given to a person";
            case CustomerOr(Role role) ->
                "a person's token with the scope access_as_user, or the role " + role.published();
            case Page(Access visitors) -> visitors.requirement();
        };
    }

    private static boolean isCustomer(Caller caller) {
        return caller instanceof Caller.Person person && person.delegated();
    }
}
