package dev.hexmart.adapter.postgres.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.adapter.postgres.TestServer;
import dev.hexmart.application.messaging.RetryQueue;
import dev.hexmart.application.messaging.RetryQueue.WaitingMessage;
import dev.hexmart.application.messaging.RetryQueueContract;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Waiting messages on a real PostgreSQL. */
class PostgresRetryQueueTest extends RetryQueueContract {

    private final RetryQueue queue = new PostgresRetryQueue(TestServer.database("payment"));

    @Override
    protected RetryQueue retryQueue() {
        return queue;
    }

    @Override
    protected RetryQueue reopened() {
        return new PostgresRetryQueue(TestServer.database("payment"));
    }

    @Test
    void textThatPostgresCannotStoreIsKeptAsReplacementCharacters() {
        UUID id = UUID.randomUUID();
        Instant due = Instant.parse("2026-03-02T12:00:00Z");
        queue.add(new WaitingMessage(id, "a\0b", "\0\ud800", Map.of("\0", "\udc00"), 0, 0, "\0 is no text"), due);
        assertThat(queue.take(due, due.plusSeconds(1)))
                .contains(new WaitingMessage(
                        id, "a\ufffdb", "\ufffd\ufffd", Map.of("\0", "\ufffd"), 1, 0, "\ufffd is no text"));
        queue.remove(id);
    }
}
