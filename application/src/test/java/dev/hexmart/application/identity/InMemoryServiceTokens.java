package dev.hexmart.application.identity;

import dev.hexmart.application.failure.PermanentFailure;
import dev.hexmart.application.failure.TemporaryFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Tokens for one service, from a provider that can break down or refuse it. */
public final class InMemoryServiceTokens implements ServiceTokens {

    /** How long a token is good. */
    public static final Duration LIFETIME = Duration.ofHours(1);

    private final InMemoryTokens tokens;
    private final Caller.Service service;
    private final InstantSource clock;
    private Optional<Kept> kept = Optional.empty();
    private boolean broken;
    private boolean refused;
    private int issued;

    /** @param tokens whose verifiers believe what is issued here */
    public InMemoryServiceTokens(InMemoryTokens tokens, Caller.Service service, InstantSource clock) {
        this.tokens = tokens;
        this.service = service;
        this.clock = clock;
    }

    /** From now on the provider does not answer. */
    public synchronized void breakDown() {
        broken = true;
    }

    public synchronized void recover() {
        broken = false;
    }

    /** From now on our secret is wrong. */
    public synchronized void refuseUs() {
        refused = true;
    }

    /** How many tokens were issued. */
    public synchronized int issued() {
        return issued;
    }

    @Override
    public synchronized Credential current() {
        Instant inAMinute = clock.instant().plus(Duration.ofMinutes(1));
        Kept good = kept.filter(token -> !token.expires().isBefore(inAMinute)).orElseGet(this::issue);
        kept = Optional.of(good);
        return good.credential();
    }

    private Kept issue() {
        if (broken) {
            throw new TemporaryFailure("The identity provider does not answer");
        }
        if (refused) {
            throw new PermanentFailure("The identity provider does not take the secret");
        }
        issued++;
        return new Kept(new Credential(tokens.issue(service)), clock.instant().plus(LIFETIME));
    }

    private record Kept(Credential credential, Instant expires) {}
}
