package dev.hexmart.application.identity;

import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.domain.shared.CustomerId;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Sessions that last as long as the process. */
public final class InMemorySessions implements SessionRepository {

    private final Map<SessionId, Session> stored = new LinkedHashMap<>();
    private final Set<SessionId> claimed = new HashSet<>();
    private boolean reachable = true;

    /** From now on every call fails. */
    public void breakDown() {
        reachable = false;
    }

    @Override
    public synchronized void start(SessionId id, Session session) {
        requireReachable();
        stored.put(id, session);
        List<SessionId> all = of(session.signedIn().person());
        all.subList(0, Math.max(0, all.size() - MOST_OF_ONE_PERSON)).forEach(this::end);
    }

    @Override
    public synchronized Optional<Session> find(SessionId id) {
        requireReachable();
        return Optional.ofNullable(stored.get(id));
    }

    @Override
    public synchronized void use(SessionId id, Instant at) {
        requireReachable();
        stored.computeIfPresent(id, (_, session) -> used(session, at));
    }

    @Override
    public synchronized boolean claimRenewal(SessionId id) {
        requireReachable();
        return claimed.add(id);
    }

    /** What passes in ten seconds. */
    public synchronized void forgetClaims() {
        claimed.clear();
    }

    @Override
    public synchronized boolean renew(SessionId id, Tokens tokens) {
        requireReachable();
        claimed.remove(id);
        return stored.computeIfPresent(id, (_, session) -> renewed(session, tokens)) != null;
    }

    @Override
    public synchronized void end(SessionId id) {
        requireReachable();
        stored.remove(id);
    }

    @Override
    public synchronized void endAllOf(String providerSession) {
        requireReachable();
        stored.values().removeIf(session -> session.signedIn().providerSession().equals(Optional.of(providerSession)));
    }

    static Session used(Session session, Instant at) {
        return new Session(session.signedIn(), session.startedAt(), at);
    }

    static Session renewed(Session session, Tokens tokens) {
        SignedIn before = session.signedIn();
        SignedIn after = new SignedIn(before.person(), before.providerSession(), tokens);
        return new Session(after, session.startedAt(), session.lastUsed());
    }

    private List<SessionId> of(CustomerId person) {
        return stored.entrySet().stream()
                .filter(entry -> entry.getValue().signedIn().person().equals(person))
                .sorted(Comparator.comparing(entry -> entry.getValue().startedAt()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private void requireReachable() {
        if (!reachable) {
            throw new TemporaryFailure("The store cannot be reached");
        }
    }
}
