package dev.hexmart.adapter.entra;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.ResourceRetriever;
import dev.hexmart.application.failure.TemporaryFailure;
import java.io.IOException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The keys that the authority publishes, parsed once, found without a lock, and kept while it cannot be reached.
 *
 * <p>Nimbus's own key source was not taken: its rate limit lets two fetches through where Microsoft asks for one, counts
 * the background's fetches against those for unknown keys, and goes by the system clock alone.
 */
final class AuthorityKeys implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(AuthorityKeys.class.getName());
    private static final int CONNECT_TIMEOUT_MILLIS = 2_000;
    private static final int READ_TIMEOUT_MILLIS = 3_000;
    private static final int MAX_BYTES = 512 * 1024;
    private static final int MIN_KEY_BITS = 2048;

    /** An authority that does not answer is asked no more often than this, however many tokens come in. */
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(2);

    private final EntraSettings settings;
    private final InstantSource clock;
    private final ResourceRetriever retriever =
            new DefaultResourceRetriever(CONNECT_TIMEOUT_MILLIS, READ_TIMEOUT_MILLIS, MAX_BYTES);
    private final ScheduledExecutorService background = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("entra-keys").factory());

    private volatile Map<String, JWSVerifier> known = Map.of();

    private final Lock fetching = new ReentrantLock();

    /** When an unknown key may cause the next fetch; guarded by {@link #fetching}. */
    private Instant nextFetch = Instant.MIN;

    private AuthorityKeys(EntraSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    static AuthorityKeys start(EntraSettings settings, InstantSource clock) {
        AuthorityKeys keys = new AuthorityKeys(settings, clock);
        long interval = settings.keyRefreshInterval().toMillis();
        keys.background.execute(keys::fetchFirst);
        keys.background.scheduleWithFixedDelay(keys::refresh, interval, interval, TimeUnit.MILLISECONDS);
        return keys;
    }

    /**
     * Finds a key by its id, asking the authority only if the id is new and the last such question long enough ago.
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
            // Whoever held the lock before may have fetched what is missing.
            if (!known.containsKey(id) && !clock.instant().isBefore(nextFetch)) {
                boolean first = known.isEmpty();
                boolean fetched = fetch();
                if (fetched && !first) {
                    nextFetch = clock.instant().plus(settings.unknownKeyInterval());
                }
            }
            if (known.isEmpty()) {
                throw new TemporaryFailure("The keys of %s have never been seen and cannot be had at the moment"
                        .formatted(settings.authority()));
            }
            return Optional.ofNullable(known.get(id));
        } finally {
            fetching.unlock();
        }
    }

    private void fetchFirst() {
        fetching.lock();
        try {
            // A token may have been quicker, and may have been told that there are none.
            if (known.isEmpty() && !clock.instant().isBefore(nextFetch)) {
                fetch();
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

    private boolean fetch() {
        try {
            String content = retriever.retrieveResource(settings.keys().toURL()).getContent();
            Map<String, JWSVerifier> fetched = verifiers(JWKSet.parse(content));
            if (!fetched.isEmpty()) {
                known = fetched;
                return true;
            }
            LOG.log(System.Logger.Level.WARNING, settings.keys() + " publishes no usable key");
        } catch (IOException | ParseException | JOSEException | RuntimeException e) {
            // Whatever an answer does to the parser, it must not end the refresh in the background.
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The keys at %s cannot be fetched; %d known ones stay in use: %s"
                            .formatted(settings.keys(), known.size(), e));
        }
        nextFetch = clock.instant().plus(PAUSE_AFTER_FAILURE);
        return false;
    }

    /** The keys by which a token may be signed. */
    static Map<String, JWSVerifier> verifiers(JWKSet published) throws JOSEException {
        Map<String, JWSVerifier> verifiers = new HashMap<>();
        for (JWK key : published.getKeys()) {
            boolean signs = key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE);
            if (key instanceof RSAKey rsa && signs && key.getKeyID() != null && key.size() >= MIN_KEY_BITS) {
                verifiers.put(key.getKeyID(), new RSASSAVerifier(rsa.toRSAPublicKey()));
            }
        }
        return Map.copyOf(verifiers);
    }

    @Override
    public void close() {
        // Not shutdownNow: it would interrupt a thread that may be reading from a socket.
        background.shutdown();
    }
}
