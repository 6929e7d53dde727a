package dev.hexmart.application.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.transaction.AtOnce;
import dev.hexmart.domain.shared.CustomerId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link SessionRepository} keeps. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class SessionRepositoryContract {

    /** Of today, since a real store forgets what has ended. */
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    private final CustomerId alice = Callers.newCustomerId();
    private final String providerSession = UUID.randomUUID().toString();
    private final SessionId id = newId();
    private final Session session = Session.startedAt(now, signedIn(alice, Optional.of(providerSession)));

    protected abstract SessionRepository sessions();

    /** One whose store cannot be reached. */
    protected abstract SessionRepository unreachable();

    @Test
    void aSessionIsFoundAsItWasStarted() {
        sessions().start(id, session);
        assertThat(sessions().find(id)).contains(session);
    }

    @Test
    void aSessionOfAProviderThatDoesNotNameItsOwnIsFoundAsWell() {
        Session anonymous = Session.startedAt(now, signedIn(alice, Optional.empty()));
        sessions().start(id, anonymous);
        assertThat(sessions().find(id)).contains(anonymous);
    }

    @Test
    void anUnknownIdFindsNothing() {
        sessions().start(id, session);
        assertThat(sessions().find(newId())).isEmpty();
    }

    @Test
    void usingASessionMovesItsLastUseAndNothingElse() {
        sessions().start(id, session);
        Instant later = now.plus(Duration.ofMinutes(7));
        sessions().use(id, later);
        assertThat(sessions().find(id)).contains(InMemorySessions.used(session, later));
    }

    @Test
    void usingAnUnknownSessionStartsNone() {
        sessions().use(id, now);
        assertThat(sessions().find(id)).isEmpty();
    }

    @Test
    void renewedTokensTakeThePlaceOfTheOldOnes() {
        sessions().start(id, session);
        Tokens next = tokens(now.plus(Duration.ofHours(2)));
        assertThat(sessions().renew(id, next)).isTrue();
        assertThat(sessions().find(id)).contains(InMemorySessions.renewed(session, next));
    }

    @Test
    void renewalDoesNotRestoreAnEndedSession() {
        sessions().start(id, session);
        sessions().end(id);
        assertThat(sessions().renew(id, tokens(now))).isFalse();
        assertThat(sessions().find(id)).isEmpty();
    }

    @Test
    void concurrentRenewalClaimsSucceedOnce() {
        sessions().start(id, session);
        List<Boolean> claims = AtOnce.times(8, () -> sessions().claimRenewal(id));
        assertThat(claims).containsOnlyOnce(true);
    }

    @Test
    void theRenewalIsFreeAgainWhenTheTokensAreRenewed() {
        sessions().start(id, session);
        assertThat(sessions().claimRenewal(id)).isTrue();
        assertThat(sessions().claimRenewal(id)).isFalse();
        sessions().renew(id, tokens(now));
        assertThat(sessions().claimRenewal(id)).isTrue();
    }

    @Test
    void theRenewalOfOneSessionIsNotAnothers() {
        sessions().start(id, session);
        SessionId other = newId();
        sessions().start(other, session);
        assertThat(sessions().claimRenewal(id)).isTrue();
        assertThat(sessions().claimRenewal(other)).isTrue();
    }

    @Test
    void anEndedSessionIsGone() {
        SessionId other = newId();
        sessions().start(id, session);
        sessions().start(other, session);
        sessions().end(id);
        sessions().end(id);
        assertThat(sessions().find(id)).isEmpty();
        assertThat(sessions().find(other)).contains(session);
    }

    @Test
    void sessionsOfAProviderSessionEndTogether() {
        SessionId tab = newId();
        SessionId elsewhere = newId();
        Session other = Session.startedAt(
                now, signedIn(alice, Optional.of(UUID.randomUUID().toString())));
        sessions().start(id, session);
        sessions().start(tab, session);
        sessions().start(elsewhere, other);
        sessions().endAllOf(providerSession);
        assertThat(sessions().find(id)).isEmpty();
        assertThat(sessions().find(tab)).isEmpty();
        assertThat(sessions().find(elsewhere)).contains(other);
    }

    @Test
    void unknownProviderSessionEndsNothing() {
        sessions().start(id, session);
        sessions().endAllOf("");
        sessions().endAllOf("*");
        sessions().endAllOf(UUID.randomUUID().toString());
        assertThat(sessions().find(id)).contains(session);
    }

    @Test
    void oldestSessionEndsAboveTheLimit() {
        List<SessionId> ids = IntStream.range(0, SessionRepository.MOST_OF_ONE_PERSON + 2)
                .mapToObj(_ -> newId())
                .toList();
        SessionId bobs = newId();
        sessions().start(bobs, Session.startedAt(now, signedIn(Callers.newCustomerId(), Optional.empty())));
        IntStream.range(0, ids.size())
                .forEach(i -> sessions()
                        .start(ids.get(i), Session.startedAt(now.plusMillis(i), signedIn(alice, Optional.empty()))));
        assertThat(ids.stream().filter(each -> sessions().find(each).isPresent()))
                .containsExactlyElementsOf(ids.subList(2, ids.size()));
        assertThat(sessions().find(bobs)).isPresent();
    }

    @Test
    void anUnreachableStoreIsATemporaryFailure() {
        SessionRepository away = unreachable();
        assertThatThrownBy(() -> away.find(id)).isInstanceOf(TemporaryFailure.class);
        assertThatThrownBy(() -> away.use(id, Instant.EPOCH)).isInstanceOf(TemporaryFailure.class);
        assertThatThrownBy(() -> away.claimRenewal(id)).isInstanceOf(TemporaryFailure.class);
        assertThatThrownBy(() -> away.end(id)).isInstanceOf(TemporaryFailure.class);
        assertThatThrownBy(() -> away.endAllOf("sid")).isInstanceOf(TemporaryFailure.class);
    }

    protected static SessionId newId() {
        return new SessionId(Secrets.random());
    }

    protected static SignedIn signedIn(CustomerId person, Optional<String> providerSession) {
        return new SignedIn(
                person,
                providerSession,
                tokens(Instant.now().truncatedTo(ChronoUnit.MILLIS).plus(Duration.ofHours(1))));
    }

    private static Tokens tokens(Instant expires) {
        return new Tokens(
                new Credential("access-" + UUID.randomUUID()),
                expires,
                "renewal-" + UUID.randomUUID() + " ünïcödé\n{}");
    }
}
