package dev.hexmart.tools.identity;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * What a request's {@code scope} asks for; the one permission there is goes without asking.
 *
 * @param granted every scope that is given, in the words in which it was asked for
 */
record Scopes(Set<String> granted) {

    /** The one permission that the registration exposes. */
    static final String ACCESS_AS_USER = "access_as_user";

    private static final String DEFAULT = ".default";
    private static final Set<String> OPENID_CONNECT = Set.of("openid", "profile", "email", "offline_access");

    Scopes {
        granted = new LinkedHashSet<>(granted);
    }

    /** Reads the scopes of a request in a user's name. */
    static Scopes delegated(String scope, UUID clientId) {
        Set<String> granted = new LinkedHashSet<>();
        String resource = "api://" + clientId + "/";
        for (String name : split(scope)) {
            if (!OPENID_CONNECT.contains(name)) {
                resource = resource(name, clientId);
            }
            granted.add(name);
        }
        granted.add(granted.contains(ACCESS_AS_USER) ? ACCESS_AS_USER : resource + ACCESS_AS_USER);
        return new Scopes(granted);
    }

    /** Checks the scope of an application that asks in its own name: everything that it has been granted. */
    static void requireDefault(String scope, UUID clientId) {
        List<String> names = new ArrayList<>(split(scope));
        // Libraries put these into every request; they mean nothing without a user.
        names.removeAll(OPENID_CONNECT);
        if (names.size() != 1 || !names.getFirst().equals(resource(names.getFirst(), clientId) + DEFAULT)) {
            throw Refusal.of(
                    "invalid_scope",
                    70011,
                    "The scope of a client credentials request must be 'api://%s/.default'.".formatted(clientId));
        }
    }

    boolean hasOpenId() {
        return granted.contains("openid");
    }

    boolean hasOfflineAccess() {
        return granted.contains("offline_access");
    }

    @Override
    public String toString() {
        return String.join(" ", granted);
    }

    private static List<String> split(String scope) {
        return List.of(scope.strip().split("\\s+"));
    }

    /** What stands in front of the permission's name: nothing, or this registration's id in one of two spellings. */
    private static String resource(String scope, UUID clientId) {
        for (String resource : List.of("", clientId + "/", "api://" + clientId + "/")) {
            if (scope.equals(resource + ACCESS_AS_USER) || scope.equals(resource + DEFAULT)) {
                return resource;
            }
        }
        throw Refusal.of(
                "invalid_scope",
                70011,
                "The scope '%s' is not valid; this registration exposes 'api://%s/%s'."
                        .formatted(scope, clientId, ACCESS_AS_USER));
    }
}
