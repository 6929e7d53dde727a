package dev.hexmart.adapter.postgres;

import java.util.regex.Pattern;

/** A service's login on the server, and the schema that it owns. */
public record ServiceRole(String schema, String role, String password) {

    private static final Pattern IDENTIFIER = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

    public ServiceRole {
        if (!IDENTIFIER.matcher(schema).matches() || !IDENTIFIER.matcher(role).matches()) {
            throw new IllegalArgumentException(
                    "Schemas and roles are 1 to 63 of a-z, 0-9 and _, and start with no digit: " + schema + ", "
                            + role);
        }
        if (password.isEmpty()) {
            throw new IllegalArgumentException("Role " + role + " needs a password");
        }
    }

    @Override
    public String toString() {
        return "ServiceRole[" + role + " of schema " + schema + "]";
    }
}
