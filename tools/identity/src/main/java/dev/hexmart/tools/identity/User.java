package dev.hexmart.tools.identity;

import java.util.List;
import java.util.UUID;

/**
 * A user of the local provider; the password is the login name, since there is nothing to protect.
 *
 * @param objectId never reassigned, like Entra ID's {@code oid}
 * @param roles the app roles as Entra ID spells them, {@code Catalog.Manage} for one
 */
public record User(UUID objectId, String login, String displayName, List<String> roles) {

    private static final String MAIL_DOMAIN = "@hexmart.example";

    public User {
        roles = List.copyOf(roles);
    }

    String userPrincipalName() {
        return login + MAIL_DOMAIN;
    }

    boolean goesBy(String name) {
        return name.equalsIgnoreCase(login) || name.equalsIgnoreCase(userPrincipalName());
    }

    boolean hasPassword(String password) {
        return password.equals(login);
    }
}
