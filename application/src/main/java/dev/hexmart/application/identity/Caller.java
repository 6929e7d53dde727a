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
