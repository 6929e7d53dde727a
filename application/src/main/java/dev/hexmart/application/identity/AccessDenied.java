package dev.hexmart.application.identity;

/** The caller lacks the role that a use case needs; thrown by {@link Caller#require} before the use case does anything. */
public final class AccessDenied extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Role role;

    public AccessDenied(Role role) {
        super("This needs the role " + role.published());
        this.role = role;
    }

    public Role role() {
        return role;
    }
}
