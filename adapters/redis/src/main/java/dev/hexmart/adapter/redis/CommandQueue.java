package dev.hexmart.adapter.redis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Sends the commands of concurrent requests in pipelines: those that come while one pipeline waits for its answers are the next
 * one, so that many requests share the system calls of one. A command that comes alone waits for no other.
 *
 * <p>Each command takes effect or fails by itself, but for a lost connection, which all commands of a pipeline share.
 */
final class CommandQueue implements AutoCloseable {

    /** One fills the next pipeline's time to travel; more would only make pipelines smaller. */
    private static final int SENDERS = 2;

    /** As many as are answered well within the timeout of a connection. */
    private static final int LONGEST = 64;

    private final UnifiedJedis jedis;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Command<?>> waiting = new ArrayDeque<>();
    private boolean closed;

    private static final class Command<T> {
        private final Function<AbstractPipeline, Response<T>> send;
        private final CompletableFuture<Response<T>> answer = new CompletableFuture<>();

        Command(Function<AbstractPipeline, Response<T>> send) {
            this.send = send;
        }
    }

    CommandQueue(UnifiedJedis jedis) {
        this.jedis = jedis;
        for (int sender = 1; sender <= SENDERS; sender++) {
            Thread.ofVirtual().name("redis-sender-" + sender).start(this::sendAll);
        }
    }

    /**
     * Waits for the answers of these commands, which are sent together.
     *
     * @return answers that are there, or the failure of each command when they are asked
     * @throws JedisException when there is no answer
     */
    <T> List<Response<T>> run(List<Function<AbstractPipeline, Response<T>>> commands) {
        List<Command<T>> own = commands.stream().map(Command::new).toList();
        lock.lock();
        try {
            if (closed) {
                throw new JedisConnectionException("The connections to Redis are closed");
            }
            waiting.addAll(own);
            changed.signal();
        } finally {
            lock.unlock();
        }
        try {
            return own.stream().map(command -> command.answer.join()).toList();
        } catch (CompletionException e) {
            throw e.getCause() instanceof JedisException failure ? failure : e;
        }
    }

    /** Sends what is waiting; what comes later is refused. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void sendAll() {
        List<Command<?>> commands = next();
        while (!commands.isEmpty()) {
            send(commands);
            commands = next();
        }
    }

    /** @return nothing when this is closed */
    private List<Command<?>> next() {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                changed.awaitUninterruptibly();
            }
            List<Command<?>> next = new ArrayList<>();
            while (next.size() < LONGEST && !waiting.isEmpty()) {
                next.add(waiting.removeFirst());
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    private void send(List<Command<?>> commands) {
        List<Runnable> answers = new ArrayList<>();
        try (AbstractPipeline pipeline = jedis.pipelined()) {
            for (Command<?> command : commands) {
                answers.add(sent(command, pipeline));
            }
            pipeline.sync();
            answers.forEach(Runnable::run);
        } catch (RuntimeException | Error e) {
            commands.forEach(command -> command.answer.completeExceptionally(e));
        }
    }

    private static <T> Runnable sent(Command<T> command, AbstractPipeline pipeline) {
        Response<T> response = command.send.apply(pipeline);
        return () -> command.answer.complete(response);
    }
}
