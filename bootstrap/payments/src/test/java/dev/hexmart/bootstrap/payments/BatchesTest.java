package dev.hexmart.bootstrap.payments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hexmart.application.failure.TemporaryFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BatchesTest {

    private final List<List<String>> seen = new CopyOnWriteArrayList<>();
    private final CountDownLatch first = new CountDownLatch(1);

    @Test
    void anItemAloneIsABatchAtOnce() throws InterruptedException {
        try (Batches<String> batches = new Batches<>("test", item -> item, seen::add)) {
            batches.add("a");
            await().until(() -> seen.contains(List.of("a")));
        }
    }

    @Test
    void itemsThatComeDuringABatchAreTheNextBatch() throws InterruptedException {
        try (Batches<String> batches = new Batches<>("test", item -> item, this::hold)) {
            batches.add("a");
            await().until(() -> !seen.isEmpty());
            List.of("b", "c", "d").forEach(batches::add);
            first.countDown();
        }
        assertThat(seen).containsExactly(List.of("a"), List.of("b", "c", "d"));
    }

    @Test
    void twoItemsOfOneKeyAreNotInOneBatch() throws InterruptedException {
        try (Batches<String> batches = new Batches<>("test", item -> item.charAt(0), this::hold)) {
            batches.add("a");
            await().until(() -> !seen.isEmpty());
            List.of("b1", "c1", "b2", "b3", "d1").forEach(batches::add);
            first.countDown();
        }
        assertThat(seen).containsExactly(List.of("a"), List.of("b1", "c1"), List.of("b2"), List.of("b3", "d1"));
    }

    @Test
    void aBatchHasAtMostTwentyItems() throws InterruptedException {
        List<String> many = new ArrayList<>();
        for (int i = 0; i < 45; i++) {
            many.add("item " + i);
        }
        try (Batches<String> batches = new Batches<>("test", item -> item, this::hold)) {
            batches.add("a");
            await().until(() -> !seen.isEmpty());
            many.forEach(batches::add);
            first.countDown();
        }
        assertThat(seen.stream().map(List::size)).containsExactly(1, 20, 20, 5);
    }

    @Test
    void aFailedBatchIsDoneItemByItemAndTheNextOneFollows() throws InterruptedException {
        try (Batches<String> batches = new Batches<>("test", item -> item, batch -> {
            hold(batch);
            if (batch.contains("bad")) {
                throw new TemporaryFailure("The database is away");
            }
        })) {
            batches.add("a");
            await().until(() -> !seen.isEmpty());
            List.of("b", "bad", "c").forEach(batches::add);
            first.countDown();
            await().until(() -> seen.contains(List.of("c")));
            batches.add("d");
        }
        assertThat(seen)
                .containsExactly(
                        List.of("a"),
                        List.of("b", "bad", "c"),
                        List.of("b"),
                        List.of("bad"),
                        List.of("c"),
                        List.of("d"));
    }

    @Test
    void itemAfterTheCloseIsRefused() throws InterruptedException {
        Batches<String> batches = new Batches<>("test", item -> item, seen::add);
        assertThat(batches.add("a")).isTrue();
        batches.close();
        assertThat(batches.add("b")).isFalse();
        assertThat(seen).containsExactly(List.of("a"));
    }

    /** Keeps the first batch until the test lets it go. */
    private void hold(List<String> batch) {
        seen.add(batch);
        if (seen.size() > 1) {
            return;
        }
        try {
            first.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
