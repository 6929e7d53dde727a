package dev.hexmart.adapter.http.api.catalog;

import dev.hexmart.adapter.http.exchange.EntityTags;
import dev.hexmart.adapter.http.exchange.Request;
import dev.hexmart.adapter.http.exchange.Response;
import dev.hexmart.application.catalog.CatalogChanges;
import dev.hexmart.domain.shared.ProductId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Answers about the catalog as they are sent, the same for every caller; kept until what they show changes.
 *
 * <p>The first request reads, and concurrent requests for the same wait for that read. A change drops what shows it, and every
 * read under way, since it may have seen the old state: a request after a change never gets what was read before it.
 * {@link #MAX_AGE} is for the change that this process was not told of.
 */
public final class KeptAnswers implements CatalogChanges.Listener {

    static final Duration MAX_AGE = Duration.ofSeconds(2);
    static final int MAX_ENTRIES = 5_000;
    static final int MAX_BYTES = 16 * 1024 * 1024;

    /** The objects around a body, and each id of a product among them. */
    private static final int BYTES_PER_ENTRY = 1_000;

    private static final int BYTES_PER_PRODUCT = 100;

    private final CatalogChanges changes;
    private final LongSupplier nanoTime;
    private final Map<Target, Entry> entries = new ConcurrentHashMap<>();

    /** For each addition to and removal from the entries, so that {@link #bytes} is their size; a hit takes no lock. */
    private final ReentrantLock lock = new ReentrantLock();

    private long bytes;

    private KeptAnswers(CatalogChanges changes, LongSupplier nanoTime) {
        this.changes = changes;
        this.nanoTime = nanoTime;
    }

    public static KeptAnswers of(CatalogChanges changes) {
        return of(changes, System::nanoTime);
    }

    static KeptAnswers of(CatalogChanges changes, LongSupplier nanoTime) {
        KeptAnswers answers = new KeptAnswers(changes, nanoTime);
        changes.follow(answers);
        return answers;
    }

    /**
     * The answer to the request, or that the client has it already.
     *
     * @param read where it is not here
     */
    Response answer(Request request, Supplier<Tagged> read) {
        return tagged(new Target(request.path(), request.query()), read).to(request);
    }

    /**
     * An answer with its entity tag.
     *
     * @param products those whose stock it shows
     */
    record Tagged(Response response, Response notModified, String tag, Set<ProductId> products) {

        private static final String CACHE_CONTROL = "private, no-cache";

        static Tagged of(Response whole, String tag, Set<ProductId> products) {
            Response response = whole.with("ETag", tag).with("Cache-Control", CACHE_CONTROL);
            return new Tagged(
                    response, new Response(304, response.headers(), new Response.Nothing()), tag, Set.copyOf(products));
        }

        /** With a tag that is made of the answer itself. */
        static Tagged of(Response whole, Set<ProductId> products) {
            return of(whole, EntityTags.of(whole), products);
        }

        Response to(Request request) {
            return EntityTags.known(request, tag) ? notModified : response;
        }
    }

    /** What the answers take, about. */
    long bytes() {
        lock.lock();
        try {
            return bytes;
        } finally {
            lock.unlock();
        }
    }

    int entries() {
        return entries.size();
    }

    @Override
    public void stockChanged(ProductId product) {
        drop(tagged -> tagged.products().contains(product));
    }

    @Override
    public void anythingChanged() {
        drop(_ -> true);
    }

    private Tagged tagged(Target target, Supplier<Tagged> read) {
        if (!changes.isComplete()) {
            return read.get();
        }
        Optional<Entry> fresh = fresh(target);
        if (fresh.isPresent()) {
            return fresh.get().orElse(read);
        }
        Entry mine = new Entry(nanoTime.getAsLong());
        Entry entered = enter(target, mine);
        return entered == mine ? read(target, mine, read) : entered.orElse(read);
    }

    private Optional<Entry> fresh(Target target) {
        return Optional.ofNullable(entries.get(target))
                .filter(entry -> nanoTime.getAsLong() - entry.since < MAX_AGE.toNanos());
    }

    /**
     * Enters what is going to be read, before it is, so that any change from now on drops it.
     *
     * @return the given one, or the one that another thread has entered meanwhile
     */
    private Entry enter(Target target, Entry mine) {
        lock.lock();
        try {
            Optional<Entry> other = fresh(target);
            if (other.isPresent()) {
                return other.get();
            }
            remove(target);
            if (entries.size() >= MAX_ENTRIES) {
                removeAll(_ -> true);
            }
            entries.put(target, mine);
            return mine;
        } finally {
            lock.unlock();
        }
    }

    private Tagged read(Target target, Entry mine, Supplier<Tagged> read) {
        try {
            Tagged tagged = read.get();
            finish(target, mine, tagged);
            return tagged;
        } catch (RuntimeException | Error e) {
            giveUp(target, mine, e);
            throw e;
        }
    }

    private void finish(Target target, Entry mine, Tagged tagged) {
        lock.lock();
        try {
            mine.tagged.complete(tagged);
            if (mine.equals(entries.get(target))) {
                bytes += size(target, tagged);
            }
            if (bytes > MAX_BYTES) {
                // All of it is a moment old: choosing what to keep would gain nothing.
                removeAll(_ -> true);
            }
        } finally {
            lock.unlock();
        }
    }

    private void giveUp(Target target, Entry mine, Throwable reason) {
        lock.lock();
        try {
            entries.remove(target, mine);
            mine.tagged.completeExceptionally(reason);
        } finally {
            lock.unlock();
        }
    }

    private void drop(Predicate<Tagged> which) {
        lock.lock();
        try {
            removeAll(entry -> !entry.tagged.isDone() || which.test(entry.tagged.join()));
        } finally {
            lock.unlock();
        }
    }

    private void removeAll(Predicate<Entry> which) {
        entries.forEach((target, entry) -> {
            if (which.test(entry)) {
                remove(target);
            }
        });
    }

    private void remove(Target target) {
        Entry removed = entries.remove(target);
        if (removed != null && removed.tagged.isDone()) {
            bytes -= size(target, removed.tagged.join());
        }
    }

    private static int size(Target target, Tagged tagged) {
        int body = tagged.response().body() instanceof Response.Content content ? content.bytes().length : 0;
        return body
                + 2 * (target.path().length() + target.query().length())
                + tagged.products().size() * BYTES_PER_PRODUCT
                + BYTES_PER_ENTRY;
    }

    private record Target(String path, String query) {}

    /** An answer, or that it is being read. */
    private static final class Entry {

        private final long since;
        private final CompletableFuture<Tagged> tagged = new CompletableFuture<>();

        private Entry(long since) {
            this.since = since;
        }

        /** The answer, as soon as it is there. @param read instead, where reading it has failed */
        Tagged orElse(Supplier<Tagged> read) {
            try {
                return tagged.join();
            } catch (CompletionException _) {
                return read.get();
            }
        }
    }
}
