package dev.hexmart.tools.identity;

import dev.hexmart.tools.identity.keys.Base64Url;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Signed-in browsers by the secret in their cookie, for single sign-on. */
final class BrowserSessions {

    private final Map<String, Session> sessions = new Latest<>();

    /**
     * One browser, from signing in until signing out.
     *
     * @param id the tokens' {@code sid}
     * @param toldOfItsEnd the addresses of those who have signed the user in by it, and want to know when it ends
     */
    record Session(User user, UUID id, Set<String> toldOfItsEnd) {
        Session {
            toldOfItsEnd = Set.copyOf(toldOfItsEnd);
        }
    }

    synchronized Optional<Session> find(Optional<String> secret) {
        return secret.map(sessions::get);
    }

    /** Goes on with this browser's session if it is the same user's, and begins one if not; the answer is its secret. */
    synchronized String signIn(Optional<String> secret, User user, Optional<String> tellOfItsEnd) {
        Optional<Session> before = find(secret).filter(session -> session.user().equals(user));
        String key = before.isPresent() ? secret.orElseThrow() : Base64Url.random(32);
        Set<String> told = new TreeSet<>(before.map(Session::toldOfItsEnd).orElse(Set.of()));
        tellOfItsEnd.ifPresent(told::add);
        sessions.put(key, new Session(user, before.map(Session::id).orElseGet(UUID::randomUUID), told));
        return key;
    }

    synchronized Optional<Session> signOut(Optional<String> secret) {
        return secret.map(sessions::remove);
    }

    synchronized void endAllOf(User user) {
        sessions.values().removeIf(session -> session.user().equals(user));
    }
}
