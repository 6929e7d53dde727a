package dev.hexmart.adapter.entra;

import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jose.util.ResourceRetriever;
import dev.hexmart.application.failure.TemporaryFailure;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The issuer and the keys that the authority publishes, read once, found without a lock, and kept while it cannot be reached.
 *
 * <p>The issuer is read from the authority's metadata before the first keys, and stays the same while the process lives. One
 * that is not the configured tenant's is refused, and then no key is taken.
 *
 * <p>A look-up of an unknown key id fetches the whole set, so a made-up id brings a new key as well as a genuine one does.
 * Fetches are therefore limited only so far as the authority has to be protected: some at once, then one an interval;
 * one that brought the key costs nothing.
 *
 * <p>A key that the authority no longer publishes is used until it has been missing from every answer for {@link
 * #VANISHED_KEY_KEPT}: one answer without it may come from a replica that lags behind.
 *
 * <p>Nimbus's own key source was not taken: it fails as a whole at one key that it does not know, its rate limit is used up
 * by made-up key ids, and it goes by the system clock alone.
 */
final class AuthorityKeys implements AutoCloseable {

    /** How many look-ups of unknown key ids may follow each other at once; afterwards one an interval. */
    static final int LOOKUPS_AT_ONCE = 5;

    /** How long a key is still used that is missing from the authority's answers. */
    static final Duration VANISHED_KEY_KEPT = Duration.ofMinutes(10);

    private static final System.Logger LOG = System.getLogger(AuthorityKeys.class.getName());
    private static final int CONNECT_TIMEOUT_MILLIS = 2_000;
    private static final int READ_TIMEOUT_MILLIS = 3_000;
    private static final int MAX_BYTES = 512 * 1024;

    /** Minimum pause between requests to an authority that does not answer. */
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(2);

    private final EntraSettings settings;
    private final InstantSource clock;
    private final ResourceRetriever retriever =
            new DefaultResourceRetriever(CONNECT_TIMEOUT_MILLIS, READ_TIMEOUT_MILLIS, MAX_BYTES);
    private final ScheduledThreadPoolExecutor background = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("entra-keys").factory());

    private volatile Map<String, JWSVerifier> known = Map.of();

    /** There before the first key is. */
    private volatile Optional<String> issuer = Optional.empty();

    private final Lock fetching = new ReentrantLock();

    /** Until when the authority is left alone after a failure; guarded by {@link #fetching}. */
    private Instant nextFetch = Instant.MIN;

    /** Guarded by {@link #fetching}. */
    private final UnknownKeys unknown;

    /** Since when a known key is missing from the answers; guarded by {@link #fetching}. */
    private Map<String, Instant> missingSince = Map.of();

    /** What was logged about keys of no use, so that it is logged once; guarded by {@link #fetching}. */
    private List<String> skipped = List.of();

    private AuthorityKeys(EntraSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.unknown = new UnknownKeys(LOOKUPS_AT_ONCE, settings.unknownKeyInterval());
        background.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    static AuthorityKeys start(EntraSettings settings, InstantSource clock) {
        AuthorityKeys keys = new AuthorityKeys(settings, clock);
        long interval = settings.keyRefreshInterval().toMillis();
        keys.background.execute(keys::fetchFirst);
        keys.background.scheduleWithFixedDelay(keys::refresh, interval, interval, TimeUnit.MILLISECONDS);
        return keys;
    }

    /**
     * Finds a key by its id, asking the authority if the id is new and the limits of such questions allow it.
     *
     * @throws TemporaryFailure when there are no keys at all, and none can be had
     */
    Optional<JWSVerifier> find(String id) {
        JWSVerifier verifier = known.get(id);
        return verifier != null ? Optional.of(verifier) : findAfterFetch(id);
    }

    private Optional<JWSVerifier> findAfterFetch(String id) {
        fetching.lock();
        try {
            // The thread that held the lock before may have fetched what is missing.
            Instant now = clock.instant();
            if (!known.containsKey(id) && !now.isBefore(nextFetch)) {
                boolean first = known.isEmpty();
                if (first || unknown.mayBeLookedUp(id, now)) {
                    boolean fetched = fetch();
                    if (fetched && !first && !known.containsKey(id)) {
                        unknown.lookedUpInVain(id, now);
                    }
                }
            }
            if (known.isEmpty()) {
                throw neverSeen();
            }
            return Optional.ofNullable(known.get(id));
        } finally {
            fetching.unlock();
        }
    }

    /** Whether this very key is known by that id; a key that was replaced or withdrawn is gone. */
    @SuppressWarnings("ReferenceEquality") // a key read again keeps its object: see isSameKey
    boolean isInUse(String id, JWSVerifier key) {
        return known.get(id) == key;
    }

    /** Whether tokens can be verified: issuer and keys have been read once. */
    boolean areKnown() {
        return !known.isEmpty();
    }

    /** Whose tokens they sign. @throws TemporaryFailure when that has never been read */
    String issuer() {
        return issuer.orElseThrow(this::neverSeen);
    }

    /** Until there are keys: a service that is not ready is sent no token that would make it ask again. */
    private void fetchFirst() {
        fetching.lock();
        try {
            // A token may have been quicker, and may have been told that there are none.
            if (known.isEmpty() && !clock.instant().isBefore(nextFetch)) {
                fetch();
            }
            if (known.isEmpty() && !background.isShutdown()) {
                background.schedule(this::fetchFirst, PAUSE_AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS);
            }
        } finally {
            fetching.unlock();
        }
    }

    private void refresh() {
        fetching.lock();
        try {
            fetch();
        } finally {
            fetching.unlock();
        }
    }

    private TemporaryFailure neverSeen() {
        return new TemporaryFailure("Issuer and keys of %s have never been seen and cannot be had at the moment"
                .formatted(settings.authority()));
    }

    private boolean fetch() {
        try {
            if (issuer.isEmpty()) {
                issuer = Optional.of(publishedIssuer());
            }
            PublishedKeys published = PublishedKeys.read(JSONObjectUtils.parse(read(settings.keys())));
            logSkipped(published.skipped());
            if (!published.usable().isEmpty()) {
                take(published.usable());
                return true;
            }
            LOG.log(System.Logger.Level.WARNING, settings.keys() + " publishes no usable key");
        } catch (IOException | ParseException | RuntimeException e) {
            // Whatever an answer does to the parser, it must not end the refresh in the background.
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The issuer or the keys of %s cannot be fetched; %d known keys stay in use: %s"
                            .formatted(settings.authority(), known.size(), e));
        }
        nextFetch = clock.instant().plus(PAUSE_AFTER_FAILURE);
        return false;
    }

    private String publishedIssuer() throws IOException, ParseException {
        Object named = JSONObjectUtils.parse(read(settings.metadata())).get("issuer");
        if (named instanceof String text && settings.possibleIssuers().contains(text)) {
            return text;
        }
        throw new IOException(
                "%s names an issuer that is not tenant %s's; ./hexmart doctor --entra tells more; no token is accepted"
                        .formatted(settings.metadata(), settings.tenantId()));
    }

    private String read(URI address) throws IOException {
        return retriever.retrieveResource(address.toURL()).getContent();
    }

    private void take(Map<String, JWSVerifier> published) {
        Instant now = clock.instant();
        Map<String, JWSVerifier> kept = new HashMap<>(published);
        Map<String, Instant> missing = new HashMap<>();
        known.forEach((id, verifier) -> {
            if (Optional.ofNullable(published.get(id))
                    .filter(found -> isSameKey(verifier, found))
                    .isPresent()) {
                // The verdicts that were reached with it go on: a stranger's made-up key id causes a fetch as well.
                kept.put(id, verifier);
            } else if (!published.containsKey(id)) {
                Instant since = missingSince.getOrDefault(id, now);
                if (since.plus(VANISHED_KEY_KEPT).isAfter(now)) {
                    kept.put(id, verifier);
                    missing.put(id, since);
                } else {
                    LOG.log(System.Logger.Level.INFO, "A key of {0} is withdrawn", settings.authority());
                }
            }
        });
        boolean more = !missingSince.keySet().containsAll(missing.keySet());
        missingSince = Map.copyOf(missing);
        known = Map.copyOf(kept);
        if (more && !background.isShutdown()) {
            // The next regular refresh may be an hour away.
            background.schedule(this::refresh, VANISHED_KEY_KEPT.plusSeconds(1).toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private static boolean isSameKey(JWSVerifier one, JWSVerifier other) {
        return one instanceof RSASSAVerifier known
                && other instanceof RSASSAVerifier published
                && known.getPublicKey().equals(published.getPublicKey());
    }

    private void logSkipped(List<String> now) {
        if (!now.isEmpty() && !now.equals(skipped)) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "%d keys at %s are not used: %s".formatted(now.size(), settings.keys(), String.join("; ", now)));
        }
        skipped = now;
    }

    @Override
    public void close() {
        // Not shutdownNow: it would interrupt a thread that may be reading from a socket.
        background.shutdown();
    }
}
