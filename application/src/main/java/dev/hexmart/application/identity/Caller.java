package dev.hexmart.application.identity;

import dev.hexmart.domain.shared.CustomerId;
import java.util.Set;

/** The caller of a verified token: a person, or a service acting for itself. */
public sealed interface Caller {

    Set<Role> roles();

    default boolean may(Role role) {
        return roles().contains(role);
    }

    /**
     * The check of every use case that needs a role: its first statement, so that no way to the use case goes around it.
     *
     * @throws AccessDenied where the caller does not have the role
     */
    default void require(Role role) {
        if (!may(role)) {
            throw new AccessDenied(role);
        }
    }

    default boolean is(CustomerId customer) {
        return this instanceof Person person && person.id().equals(customer);
    }

    /** Orders and payments are for their own customer and for order managers; to others they do not exist. */
    default boolean mayAccessOrdersOf(CustomerId customer) {
        return is(customer) || may(Role.ORDERS_MANAGE);
    }

    /**
     * A person.
     *
     * @param delegated whether the token was issued for this API's scope {@code access_as_user}, without which its
     *     bearer may not act as a customer
     */
    record Person(CustomerId id, String displayName, boolean delegated, Set<Role> roles) implements Caller {
        public Person {
            roles = Set.copyOf(roles);
        }
    }

    /** A service with credentials of its own; it is not a customer. */
    record Service(String clientId, Set<Role> roles) implements Caller {
        public Service {
            roles = Set.copyOf(roles);
        }
    }
}
