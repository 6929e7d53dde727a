package dev.hexmart.adapter.http.api.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.adapter.http.api.catalog.KeptAnswers.Tagged;
import dev.hexmart.adapter.http.exchange.Header;
import dev.hexmart.adapter.http.exchange.Request;
import dev.hexmart.adapter.http.exchange.Response;
import dev.hexmart.application.catalog.InMemoryCatalogChanges;
import dev.hexmart.application.catalog.Products;
import dev.hexmart.domain.shared.ProductId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KeptAnswersTest {

    private static final ProductId KETTLE = Products.newProduct();
    private static final ProductId CUP = Products.newProduct();

    private final InMemoryCatalogChanges changes = new InMemoryCatalogChanges();
    private final AtomicLong now = new AtomicLong();
    private final KeptAnswers kept = KeptAnswers.of(changes, now::get);
    private final AtomicInteger reads = new AtomicInteger();

    @Test
    void answerThatIsAskedForAgainIsNotReadAgain() {
        assertThat(ask("/kettle", KETTLE)).isEqualTo("1");
        assertThat(ask("/kettle", KETTLE)).isEqualTo("1");
        assertThat(ask("/cup", CUP)).isEqualTo("2");
        assertThat(text(kept.answer(request("/kettle", "sort=price"), () -> read(KETTLE))))
                .isEqualTo("3");
    }

    @Test
    void answerIsReadAgainWhenTheStockOfAProductOnItChanges() {
        ask("/kettle", KETTLE);
        ask("/cup", CUP);
        changes.tellOfStock(KETTLE);
        assertThat(ask("/cup", CUP)).isEqualTo("2");
        assertThat(ask("/kettle", KETTLE)).isEqualTo("3");
    }

    @Test
    void everyAnswerIsReadAgainWhenAnythingElseChanges() {
        ask("/kettle", KETTLE);
        ask("/cup", CUP);
        changes.tellOfAnything();
        assertThat(ask("/kettle", KETTLE)).isEqualTo("3");
        assertThat(ask("/cup", CUP)).isEqualTo("4");
    }

    @Test
    void answerIsReadAgainAfterItsGreatestAgeThoughNoChangeWasTold() {
        ask("/kettle", KETTLE);
        now.addAndGet(KeptAnswers.MAX_AGE.toNanos() - 1);
        assertThat(ask("/kettle", KETTLE)).isEqualTo("1");
        now.addAndGet(1);
        assertThat(ask("/kettle", KETTLE)).isEqualTo("2");
        assertThat(KeptAnswers.MAX_AGE).isLessThanOrEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void lostNotificationsDisableTheCache() {
        ask("/kettle", KETTLE);
        changes.interrupt();
        assertThat(ask("/kettle", KETTLE)).isEqualTo("2");
        assertThat(ask("/kettle", KETTLE)).isEqualTo("3");
        changes.resume();
        assertThat(ask("/kettle", KETTLE)).isEqualTo("4");
        assertThat(ask("/kettle", KETTLE)).isEqualTo("4");
    }

    @Test
    void answerReadDuringAChangeGoesToEarlierRequestsAndIsNotCached() {
        Stream.<Runnable>of(changes::tellOfAnything, () -> changes.tellOfStock(CUP))
                .forEach(change -> {
                    String path = "/kettle" + reads.get();
                    String before = text(kept.answer(request(path, ""), () -> {
                        Tagged seen = read(KETTLE);
                        change.run();
                        return seen;
                    }));
                    assertThat(before).isEqualTo(Integer.toString(reads.get()));
                    assertThat(ask(path, KETTLE))
                            .isEqualTo(Integer.toString(reads.get()))
                            .isNotEqualTo(before);
                });
    }

    @Test
    void concurrentRequestsAreServedByOneRead() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Supplier<Tagged> slow = () -> {
            reading.countDown();
            await(goOn);
            return read(KETTLE);
        };
        List<FutureTask<String>> askers = IntStream.range(0, 20)
                .mapToObj(_ -> new FutureTask<>(() -> text(kept.answer(request("/kettle", ""), slow))))
                .toList();
        askers.forEach(asker -> Thread.ofVirtual().start(asker));
        await(reading);
        goOn.countDown();
        for (FutureTask<String> asker : askers) {
            assertThat(asker.get(30, TimeUnit.SECONDS)).isEqualTo("1");
        }
    }

    @Test
    void failureIsNotCachedAndWaitingRequestsReadAgain() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        FutureTask<String> failing = new FutureTask<>(() -> text(kept.answer(request("/kettle", ""), () -> {
            reading.countDown();
            await(goOn);
            throw new IllegalStateException("deliberate");
        })));
        Thread.ofVirtual().start(failing);
        await(reading);
        FutureTask<String> waiting = new FutureTask<>(() -> ask("/kettle", KETTLE));
        Thread.ofVirtual().start(waiting);
        goOn.countDown();
        assertThatThrownBy(() -> failing.get(30, TimeUnit.SECONDS)).hasRootCauseMessage("deliberate");
        assertThat(waiting.get(30, TimeUnit.SECONDS)).isEqualTo("1");
    }

    @Test
    void clientThatHasTheAnswerIsToldSoWithoutABody() {
        Response whole = kept.answer(request("/kettle", ""), () -> read(KETTLE));
        Request again = Request.head("GET", "/kettle", "", Map.of("if-none-match", List.of("\"1\"")));
        Response known = kept.answer(again, () -> read(KETTLE));
        assertThat(known.status()).isEqualTo(304);
        assertThat(known.body()).isInstanceOf(Response.Nothing.class);
        assertThat(known.headers()).isEqualTo(whole.headers()).contains(new Header("ETag", "\"1\""));
    }

    @Test
    void answersTakeNoMoreThanTheirBytesAndTheirNumber() {
        byte[] mebibyte = new byte[1024 * 1024];
        int large = 3 * KeptAnswers.MAX_BYTES / mebibyte.length;
        for (int i = 0; i < large; i++) {
            kept.answer(request("/large", "n=" + i), () -> {
                reads.incrementAndGet();
                return Tagged.of(
                        new Response(200, List.of(), new Response.Content("text/plain", mebibyte)), Set.of(KETTLE));
            });
            assertThat(kept.bytes()).isLessThanOrEqualTo(KeptAnswers.MAX_BYTES);
        }
        for (int i = 0; i < 2 * KeptAnswers.MAX_ENTRIES; i++) {
            ask("/small" + i, KETTLE);
            assertThat(kept.entries()).isLessThanOrEqualTo(KeptAnswers.MAX_ENTRIES);
        }
        changes.tellOfAnything();
        assertThat(kept.bytes()).isZero();
        assertThat(kept.entries()).isZero();
    }

    private String ask(String path, ProductId shown) {
        return text(kept.answer(request(path, ""), () -> read(shown)));
    }

    /** How many reads there have been by now. */
    private Tagged read(ProductId shown) {
        String count = Integer.toString(reads.incrementAndGet());
        return Tagged.of(Response.content(200, "text/plain", count), "\"" + count + "\"", Set.of(shown));
    }

    private static String text(Response response) {
        return response.body() instanceof Response.Content content ? new String(content.bytes(), UTF_8) : "";
    }

    private static Request request(String path, String query) {
        return Request.head("GET", path, query, Map.of());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
