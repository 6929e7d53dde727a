package dev.hexmart.tools.identity;

import java.util.UUID;

/** What a user has let the client do, from signing in until signing out. */
record Grant(User user, UUID session, Scopes scopes) {}
