package dev.hexmart.tools.load.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A client of the shop's public API; records each 5xx response. */
public final class ShopClient implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final URI base;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .executor(threads)
            .build();
    private final Queue<String> serverErrors = new ConcurrentLinkedQueue<>();
    private final AtomicLong streamsRefused = new AtomicLong();
    private final Duration patience;
    private final Consumer<Attempt> observer;

    public ShopClient(URI base) {
        this(base, Duration.ZERO, _ -> {});
    }

    /**
     * @param patience for how long what is refused or not answered is asked again; it must be safe to ask it twice
     * @param observer is told of each request, from several threads
     */
    public ShopClient(URI base, Duration patience, Consumer<Attempt> observer) {
        this.base = base;
        this.patience = patience;
        this.observer = observer;
    }

    /**
     * A request that has ended.
     *
     * @param status 0 without an answer
     * @param began when it was first asked, and @param ended when this answer came, by {@link System#nanoTime}
     * @param last whether it is not asked again
     */
    public record Attempt(String request, int status, long began, long ended, boolean last) {}

    public Answer get(String path, Shopper who) {
        return send(request(path, who).GET());
    }

    /** @param body JSON @param headers name and value in turn */
    public Answer post(String path, Shopper who, String body, String... headers) {
        return send(request(path, who, headers)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    public Answer delete(String path, Shopper who, String... headers) {
        return send(request(path, who, headers).DELETE());
    }

    /** Reads a stream of events until one of its lines is enough, or it ends. Returns whether one was. */
    public boolean follow(String path, Shopper who, Predicate<String> enough) {
        HttpRequest request = request(path, who, "Accept", "text/event-stream").build();
        try {
            HttpResponse<Stream<String>> response = http.send(request, BodyHandlers.ofLines());
            try (Stream<String> lines = response.body()) {
                if (response.statusCode() == 200) {
                    return lines.anyMatch(enough);
                }
                streamsRefused.incrementAndGet();
                note(path, new Answer(response.statusCode(), response.headers(), String.join("\n", lines.toList())));
                return false;
            }
        } catch (IOException | UncheckedIOException _) {
            return false;
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** The errors of the server's own so far: which request, and what was answered. */
    public List<String> serverErrors() {
        return List.copyOf(serverErrors);
    }

    /** How often a stream was asked for and not given. */
    public long streamsRefused() {
        return streamsRefused.get();
    }

    private void note(String request, Answer answer) {
        if (answer.isServerError()) {
            serverErrors.add(request + ": " + answer.summary());
        }
    }

    private Answer send(HttpRequest.Builder builder) {
        HttpRequest request = builder.build();
        long began = System.nanoTime();
        while (true) {
            Duration pause = Duration.ofSeconds(1);
            try {
                Answer answer = sendOnce(request);
                if (!observed(request, answer.status(), began, answer.isRefusal())) {
                    return answer;
                }
                pause = answer.pause();
            } catch (NoAnswer e) {
                if (!observed(request, 0, began, true)) {
                    throw e;
                }
            }
            Patience.pause(pause);
        }
    }

    /** Returns whether to ask again. */
    private boolean observed(HttpRequest request, int status, long began, boolean passing) {
        long now = System.nanoTime();
        boolean again = passing && now - began < patience.toNanos();
        String name = request.method() + " " + request.uri().getPath();
        observer.accept(new Attempt(name, status, began, now, !again));
        return again;
    }

    private Answer sendOnce(HttpRequest request) {
        String name = request.method() + " " + request.uri().getPath();
        try {
            Answer answer = Answer.of(http.send(request, BodyHandlers.ofString()));
            note(name, answer);
            return answer;
        } catch (IOException e) {
            throw new NoAnswer(name, e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private HttpRequest.Builder request(String path, Shopper who, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(patience.isZero() ? TIMEOUT : patience)
                .header("Authorization", "Bearer " + who.token());
        return headers.length == 0 ? request : request.headers(headers);
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("The load was interrupted", e);
    }

    @Override
    public void close() {
        http.shutdownNow();
        threads.shutdownNow();
    }
}
