package dev.hexmart.application.identity;

import dev.hexmart.application.ManualClock;
import java.time.Duration;

class InMemoryServiceTokensTest extends ServiceTokensContract {

    private final ManualClock clock = ManualClock.atNoon();
    private final InMemoryTokens authority = new InMemoryTokens();
    private final InMemoryServiceTokens tokens = new InMemoryServiceTokens(authority, Callers.service(), clock);

    @Override
    protected ServiceTokens tokens() {
        return tokens;
    }

    @Override
    protected TokenVerifier verifier() {
        return authority.verifier();
    }

    @Override
    protected int issued() {
        return tokens.issued();
    }

    @Override
    protected void advance(Duration time) {
        clock.advance(time);
    }

    @Override
    protected void breakDown() {
        tokens.breakDown();
    }

    @Override
    protected void recover() {
        tokens.recover();
    }

    @Override
    protected void refuseUs() {
        tokens.refuseUs();
    }
}
