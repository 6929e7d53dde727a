package dev.hexmart.application.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.transaction.AtOnce;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link SignInAttempts} keeps. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class SignInAttemptsContract {

    private final BrowserBinding browser = newBrowser();

    protected abstract SignInAttempts attempts();

    /** One whose store cannot be reached. */
    protected abstract SignInAttempts unreachable();

    @Test
    void anAttemptIsHandedOutOnce() {
        SignInAttempt attempt = newAttempt();
        attempts().begin(browser, attempt);
        assertThat(attempts().take(browser, attempt.state())).contains(attempt);
        assertThat(attempts().take(browser, attempt.state())).isEmpty();
    }

    @Test
    void concurrentTakesOfAnAttemptSucceedOnce() {
        SignInAttempt attempt = newAttempt();
        attempts().begin(browser, attempt);
        List<Optional<SignInAttempt>> taken = AtOnce.times(8, () -> attempts().take(browser, attempt.state()));
        assertThat(taken).containsOnlyOnce(Optional.of(attempt));
    }

    @Test
    void anAttemptIsOfTheBrowserThatBeganIt() {
        SignInAttempt attempt = newAttempt();
        attempts().begin(browser, attempt);
        assertThat(attempts().take(newBrowser(), attempt.state())).isEmpty();
        assertThat(attempts().take(browser, attempt.state())).contains(attempt);
    }

    @Test
    void anotherStateFindsNothing() {
        SignInAttempt attempt = newAttempt();
        attempts().begin(browser, attempt);
        assertThat(attempts().take(browser, newAttempt().state())).isEmpty();
        assertThat(attempts().take(browser, "")).isEmpty();
        assertThat(attempts().take(browser, attempt.state().substring(1))).isEmpty();
        assertThat(attempts().take(browser, attempt.state().substring(0, 3))).isEmpty();
    }

    @Test
    void theAttemptsOfSeveralTabsStandSideBySide() {
        SignInAttempt first = newAttempt();
        SignInAttempt second = newAttempt();
        attempts().begin(browser, first);
        attempts().begin(browser, second);
        assertThat(attempts().take(browser, first.state())).contains(first);
        assertThat(attempts().take(browser, second.state())).contains(second);
    }

    @Test
    void anyNumberOfAttemptsStandSideBySide() {
        List<SignInAttempt> begun =
                IntStream.range(0, 60).mapToObj(_ -> newAttempt()).toList();
        begun.forEach(attempt -> attempts().begin(browser, attempt));
        begun.forEach(
                attempt -> assertThat(attempts().take(browser, attempt.state())).contains(attempt));
    }

    @Test
    void anUnreachableStoreIsATemporaryFailure() {
        SignInAttempts away = unreachable();
        assertThatThrownBy(() -> away.begin(browser, new SignInAttempt("state", "nonce", "verifier", "/")))
                .isInstanceOf(TemporaryFailure.class);
        assertThatThrownBy(() -> away.take(browser, "state")).isInstanceOf(TemporaryFailure.class);
    }

    private static BrowserBinding newBrowser() {
        return new BrowserBinding(Secrets.random());
    }

    private static SignInAttempt newAttempt() {
        return new SignInAttempt(
                "state-" + UUID.randomUUID(),
                "nonce-" + UUID.randomUUID(),
                "verifier-" + UUID.randomUUID(),
                "/orders?after=x%20y&sort=-placed");
    }
}
