package dev.hexmart.adapter.storefront;

import dev.hexmart.application.identity.Role;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The visitor of a page.
 *
 * @param name theirs, if they are signed in
 * @param roles what they may do beyond buying
 * @param locale in whose ways prices and dates are written
 */
public record Visitor(Optional<String> name, Set<Role> roles, Locale locale) {
    public Visitor {
        roles = Set.copyOf(roles);
    }

    public boolean signedIn() {
        return name.isPresent();
    }

    /** Whether there is anything for them in the back office. */
    public boolean employed() {
        return !roles.isEmpty();
    }

    public boolean managesCatalog() {
        return roles.contains(Role.CATALOG_MANAGE);
    }

    public boolean managesOrders() {
        return roles.contains(Role.ORDERS_MANAGE);
    }
}
