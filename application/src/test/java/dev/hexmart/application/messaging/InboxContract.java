package dev.hexmart.application.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.application.transaction.AtOnce;
import dev.hexmart.application.transaction.Transactor;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link Inbox} keeps. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class InboxContract {

    private final UUID message = UUID.randomUUID();

    /** Any context's. */
    protected abstract Transactor<? extends UnitOfWork> transactor();

    @Test
    void aMessageIsNewOnce() {
        assertThat(record(message)).isTrue();
        assertThat(record(message)).isFalse();
        assertThat(record(message)).isFalse();
    }

    @Test
    void aMessageIsNewOnceWithinOneTransactionToo() {
        List<Boolean> both = transactor()
                .inTransaction(store -> List.of(record(store.inbox(), message), record(store.inbox(), message)));
        assertThat(both).containsExactly(true, false);
    }

    @Test
    void anotherMessageIsNewAsWell() {
        record(message);
        assertThat(record(UUID.randomUUID())).isTrue();
    }

    @Test
    void ofSeveralMessagesThoseAreNewThatWereNotRecordedBefore() {
        UUID other = UUID.randomUUID();
        record(message);
        Set<UUID> fresh = transactor().inTransaction(store -> store.inbox().record(List.of(message, other)));
        assertThat(fresh).containsExactly(other);
        assertThat(record(other)).isFalse();
    }

    @Test
    void noMessagesAreNoneThatAreNew() {
        Set<UUID> fresh = transactor().inTransaction(store -> store.inbox().record(List.of()));
        assertThat(fresh).isEmpty();
    }

    @Test
    void rolledBackMessageIsNotRecorded() {
        assertThatThrownBy(() -> transactor().inTransaction(store -> {
                    record(store.inbox(), message);
                    throw new IllegalArgumentException("deliberate");
                }))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(record(message)).isTrue();
    }

    @Test
    void concurrentRecordsOfAMessageSucceedOnce() {
        List<Boolean> first = AtOnce.times(8, () -> AtOnce.insisting(() -> record(message)));
        assertThat(first).containsOnlyOnce(true);
    }

    private boolean record(UUID id) {
        return transactor().inTransaction(store -> record(store.inbox(), id));
    }

    private static boolean record(Inbox inbox, UUID id) {
        return !inbox.record(Set.of(id)).isEmpty();
    }
}
