package dev.hexmart.adapter.postgres.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.adapter.postgres.TestServer;
import dev.hexmart.adapter.postgres.catalog.PostgresCatalogStore;
import dev.hexmart.application.catalog.CatalogStore;
import dev.hexmart.application.messaging.InboxContract;
import dev.hexmart.application.transaction.Transactor;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The inbox on a real PostgreSQL. */
class PostgresInboxTest extends InboxContract {

    @Override
    protected Transactor<CatalogStore> transactor() {
        return PostgresCatalogStore.transactor(TestServer.database("catalog"), TestServer.metadata());
    }

    @Test
    void oldRecordsAreDeletedUpToALimit() {
        List<UUID> messages = Stream.generate(UUID::randomUUID).limit(3).toList();
        Transactor<PostgresInbox> inbox = PostgresInbox.transactor(TestServer.database("catalog"));
        inbox.inTransaction(it -> it.record(messages));
        Instant never = Instant.parse("2001-01-01T00:00:00Z");
        Instant later = Instant.now().plusSeconds(3600);
        assertThat(inbox.<Integer>inTransaction(it -> it.forgetBefore(never, 100)))
                .isZero();
        assertThat(inbox.<Integer>inTransaction(it -> it.forgetBefore(later, 2)))
                .isEqualTo(2);
        inbox.<Integer>inTransaction(it -> it.forgetBefore(later, 100_000));
        assertThat(inbox.<Set<UUID>>inTransaction(it -> it.record(messages)))
                .containsExactlyInAnyOrderElementsOf(messages);
    }
}
