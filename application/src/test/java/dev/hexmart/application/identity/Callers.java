package dev.hexmart.application.identity;

import dev.hexmart.domain.shared.CustomerId;
import java.util.Set;
import java.util.UUID;

/** Callers for tests. */
public final class Callers {

    private static final UUID TENANT = UUID.fromString("11111111-1111-1111-1111-111111111111");

    private Callers() {}

    /** A customer whom no other test knows. */
    public static CustomerId newCustomerId() {
        return new CustomerId(TENANT, UUID.randomUUID());
    }

    /** A customer without any role. */
    public static Caller.Person customer(CustomerId id) {
        return new Caller.Person(id, "Alice", true, Set.of());
    }

    /** A caller with every role. */
    public static Caller.Person employee() {
        return new Caller.Person(newCustomerId(), "Carol", true, Set.of(Role.CATALOG_MANAGE, Role.ORDERS_MANAGE));
    }

    public static Caller.Service service() {
        return new Caller.Service("a-nightly-job", Set.of());
    }
}
