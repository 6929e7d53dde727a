package dev.hexmart.adapter.redis;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.application.failure.PermanentFailure;
import dev.hexmart.application.failure.TemporaryFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;

class CommandQueueTest {

    private static final int REQUESTS = 500;

    @Test
    void concurrentRequestsGetEachTheirOwnAnswer() throws Exception {
        try (Redis redis = TestRedis.open();
                ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Object>> answers = IntStream.range(0, REQUESTS)
                    .mapToObj(i -> requests.submit(() -> ask(redis, pipeline -> echo(pipeline, "answer " + i))))
                    .toList();
            for (int i = 0; i < REQUESTS; i++) {
                assertThat(answers.get(i).get(10, SECONDS)).isEqualTo("answer " + i);
            }
        }
    }

    @Test
    void commandsThatComeWhileOneIsUnderWayShareAPipeline() throws Exception {
        List<AbstractPipeline> pipelines = new ArrayList<>();
        CountDownLatch goOn = new CountDownLatch(1);
        try (Redis redis = TestRedis.open();
                ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor()) {
            // Each sender is held up with a command of its own.
            List<CountDownLatch> held = List.of(new CountDownLatch(1), new CountDownLatch(1));
            held.forEach(each -> requests.submit(() -> ask(redis, pipeline -> {
                each.countDown();
                await(goOn);
                return echo(pipeline, "held");
            })));
            for (CountDownLatch each : held) {
                await(each);
            }
            Future<List<Response<Object>>> asked = requests.submit(() -> redis.queued(List.of(
                    pipeline -> {
                        pipelines.add(pipeline);
                        return echo(pipeline, "first");
                    },
                    pipeline -> {
                        pipelines.add(pipeline);
                        return echo(pipeline, "second");
                    })));
            goOn.countDown();
            assertThat(asked.get(10, SECONDS)).extracting(Response::get).containsExactly("first", "second");
            assertThat(pipelines).hasSize(2);
            assertThat(pipelines.getFirst()).isSameAs(pipelines.getLast());
        }
    }

    @Test
    void refusedCommandFailsByItself() {
        try (Redis redis = TestRedis.open()) {
            redis.call("SET", jedis -> jedis.set("queued-text", "text"));
            List<Response<String>> answers = redis.queued(List.of(
                    pipeline -> pipeline.hget("queued-text", "field"), pipeline -> pipeline.get("queued-text")));
            assertThatThrownBy(() -> redis.call("HGET", _ -> answers.getFirst().get()))
                    .isInstanceOf(PermanentFailure.class);
            assertThat(answers.getLast().get()).isEqualTo("text");
        }
    }

    @Test
    void everyWaitingRequestFailsWhenRedisIsUnreachable() throws Exception {
        try (ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Object>> answers = IntStream.range(0, REQUESTS)
                    .mapToObj(_ -> requests.submit(() -> (Object) ask(TestRedis.AWAY, pipeline -> pipeline.get("key"))))
                    .toList();
            for (Future<Object> answer : answers) {
                assertThat(answer)
                        .failsWithin(Duration.ofSeconds(10))
                        .withThrowableThat()
                        .havingCause()
                        .isInstanceOf(TemporaryFailure.class);
            }
        }
    }

    @Test
    void commandAfterTheCloseIsATemporaryFailure() {
        Redis redis = TestRedis.open();
        redis.close();
        assertThatThrownBy(() -> ask(redis, pipeline -> pipeline.get("key"))).isInstanceOf(TemporaryFailure.class);
    }

    private static Response<Object> echo(AbstractPipeline pipeline, String text) {
        return pipeline.eval("return ARGV[1]", List.of(), List.of(text));
    }

    private static <T> T ask(Redis redis, Function<AbstractPipeline, Response<T>> command) {
        return redis.call("TEST", _ -> redis.queued(List.of(command)).getFirst().get());
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(10, SECONDS)) {
                throw new IllegalStateException(new TimeoutException());
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
