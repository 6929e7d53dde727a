package dev.hexmart.adapter.entra;

import com.microsoft.aad.msal4j.ClientCredentialParameters;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import dev.hexmart.application.failure.InfrastructureFailure;
import dev.hexmart.application.failure.PermanentFailure;
import dev.hexmart.application.identity.Credential;
import dev.hexmart.application.identity.ServiceTokens;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Gets tokens for our registration itself.
 *
 * <p>A token is replaced some minutes before its end, in the background; so an outage of the authority for that long has no
 * effect.
 */
public final class EntraServiceTokens implements ServiceTokens, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(EntraServiceTokens.class.getName());
    private static final Duration REPLACED_BEFORE_END = Duration.ofMinutes(5);
    private static final Duration STILL_GOOD = Duration.ofMinutes(1);

    private final AuthorityTokens tokens;
    private final InstantSource clock;
    private final AuthorityClient client;
    private final ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
    private final Lock asking = new ReentrantLock();

    private volatile Optional<Kept> kept = Optional.empty();

    /** The last question, answered or not; guarded by {@link #asking}. */
    private Optional<CompletableFuture<Kept>> question = Optional.empty();

    private EntraServiceTokens(
            AuthorityTokens tokens, ClientSecret secret, InstantSource clock, AuthorityObserver observer) {
        this.tokens = tokens;
        this.clock = clock;
        this.client = new AuthorityClient(tokens.settings(), secret, observer);
    }

    /** @param verifier of the same registration, whose keys are used; it is not closed with this */
    public static EntraServiceTokens start(
            EntraTokenVerifier verifier, ClientSecret secret, InstantSource clock, AuthorityObserver observer) {
        return new EntraServiceTokens(verifier.tokens(), secret, clock, observer);
    }

    @Override
    public Credential current() {
        Optional<Kept> fresh = kept.filter(token -> lasts(token, REPLACED_BEFORE_END));
        if (fresh.isPresent()) {
            return fresh.get().credential();
        }
        CompletableFuture<Kept> replacement = replace();
        return kept.filter(token -> lasts(token, STILL_GOOD))
                .orElseGet(() -> await(replacement))
                .credential();
    }

    @Override
    public void close() {
        background.close();
        client.close();
    }

    /** Requests a new token, unless a request is in progress or has just been made. */
    private CompletableFuture<Kept> replace() {
        asking.lock();
        try {
            Optional<Kept> fresh = kept.filter(token -> lasts(token, REPLACED_BEFORE_END));
            if (fresh.isPresent()) {
                return CompletableFuture.completedFuture(fresh.get());
            }
            CompletableFuture<Kept> asked = question.filter(last -> !last.isDone())
                    .orElseGet(() -> CompletableFuture.supplyAsync(this::ask, background));
            question = Optional.of(asked);
            return asked;
        } finally {
            asking.unlock();
        }
    }

    private Kept ask() {
        try {
            IAuthenticationResult result = AuthorityClient.await(client.newApplication()
                    .acquireToken(ClientCredentialParameters.builder(
                                    Set.of(tokens.settings().scope(".default")))
                            .build()));
            String token = result.accessToken();
            Kept replacement =
                    new Kept(new Credential(token), tokens.verify(token).requireTime("exp"));
            kept = Optional.of(replacement);
            return replacement;
        } catch (Refusal refusal) {
            throw refused("gives us no token", refusal.reason());
        } catch (Rejection rejection) {
            throw refused("issues access tokens that the services do not take", rejection.reason());
        } catch (InfrastructureFailure failure) {
            // Logged here too, because no caller waits for this while the old token is valid.
            LOG.log(System.Logger.Level.WARNING, "There is no new token for this service: " + failure.getMessage());
            throw failure;
        }
    }

    private static PermanentFailure refused(String what, String reason) {
        return new PermanentFailure(
                "The identity provider %s (%s); ./hexmart doctor --entra says more".formatted(what, reason));
    }

    private static Kept await(CompletableFuture<Kept> answer) {
        try {
            return answer.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof InfrastructureFailure failure ? failure : e;
        }
    }

    private boolean lasts(Kept token, Duration time) {
        return !token.expires().isBefore(clock.instant().plus(time));
    }

    private record Kept(Credential credential, Instant expires) {}
}
