package dev.hexmart.adapter.httpclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.adapter.httpclient.ServiceClient.Answer;
import dev.hexmart.application.failure.PermanentFailure;
import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.identity.Credential;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RevalidatedTest {

    private static final Credential ALICE = new Credential("alice");
    private static final Credential BOB = new Credential("bob");

    /** What the service has, which is its entity tag as well; nothing else is 304. */
    private final AtomicReference<String> content = new AtomicReference<>("1");

    private final AtomicInteger status = new AtomicInteger(200);
    private final AtomicInteger reads = new AtomicInteger();
    private final StubService service = new StubService((request, exchange) -> {
        String tag = "\"" + content.get() + "\"";
        boolean known = status.get() == 200 && request.header("If-None-Match").equals(tag);
        StubService.reply(
                exchange,
                known ? 304 : status.get(),
                Map.of("ETag", tag),
                known ? "" : content.get() + request.target());
    });
    private final ServiceClient client = Clients.of(service);
    private final Revalidated<String> revalidated = new Revalidated<>(client, this::read);

    private String read(Answer answer) {
        reads.incrementAndGet();
        if (answer.status() != 200) {
            throw answer.unexpected();
        }
        return answer.body();
    }

    @AfterEach
    void stop() {
        client.close();
        service.close();
    }

    @Test
    void unchangedAnswerIsAskedForEachTimeAndReadOnce() {
        assertThat(revalidated.get("/a", ALICE)).isEqualTo("1/a");
        assertThat(revalidated.get("/a", BOB)).isEqualTo("1/a");
        assertThat(reads).hasValue(1);
        assertThat(service.received()).hasSize(2);
        assertThat(service.last().credential()).isEqualTo(BOB);
    }

    @Test
    void changedAnswerIsRead() {
        revalidated.get("/a", ALICE);
        content.set("2");
        assertThat(revalidated.get("/a", ALICE)).isEqualTo("2/a");
        assertThat(revalidated.get("/a", ALICE)).isEqualTo("2/a");
        assertThat(reads).hasValue(2);
    }

    @Test
    void answersToDifferentQueriesAreKeptApart() {
        revalidated.get("/a?x=1", ALICE);
        assertThat(revalidated.get("/a?x=2", ALICE)).isEqualTo("1/a?x=2");
        assertThat(service.last().header("If-None-Match")).isEmpty();
    }

    @Test
    void refusalIsReadAlthoughAnAnswerIsKept() {
        revalidated.get("/a", ALICE);
        status.set(401);
        assertThatThrownBy(() -> revalidated.get("/a", ALICE)).isInstanceOf(PermanentFailure.class);
        status.set(503);
        assertThatThrownBy(() -> revalidated.get("/a", ALICE)).isInstanceOf(TemporaryFailure.class);
    }

    @Test
    void answerIsForgottenWhenManyOthersHaveBeenAskedForSince() {
        revalidated.get("/a", ALICE);
        for (int i = 0; i < 200; i++) {
            revalidated.get("/b?" + i, ALICE);
        }
        revalidated.get("/a", ALICE);
        assertThat(service.last().header("If-None-Match")).isEmpty();
    }
}
