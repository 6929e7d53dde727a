package dev.hexmart.application.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.application.failure.PermanentFailure;
import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.identity.TokenVerifier.Verification;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link ServiceTokens} keeps. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class ServiceTokensContract {

    /** How long the provider's tokens are good. */
    protected static final Duration LIFETIME = Duration.ofHours(1);

    /** The same one every time. */
    protected abstract ServiceTokens tokens();

    /** Believes what the provider issues. */
    protected abstract TokenVerifier verifier();

    /** How many tokens the provider has issued. */
    protected abstract int issued();

    protected abstract void advance(Duration time);

    /** From now on requests time out. */
    protected abstract void breakDown();

    /** From now on the provider answers again. */
    protected abstract void recover();

    /** From now on our secret is wrong. */
    protected abstract void refuseUs();

    @Test
    void theTokenIsAServices() {
        assertThat(verifier().verify(tokens().current().token()))
                .isInstanceOfSatisfying(
                        Verification.Accepted.class,
                        accepted -> assertThat(accepted.caller()).isInstanceOf(Caller.Service.class));
    }

    @Test
    void aTokenIsKeptWhileItIsGood() {
        Credential first = tokens().current();

        advance(LIFETIME.dividedBy(2));

        assertThat(tokens().current()).isEqualTo(first);
        assertThat(issued()).isEqualTo(1);
    }

    @Test
    void aTokenThatIsGoodForLessThanAMinuteIsReplaced() {
        Credential first = tokens().current();

        advance(LIFETIME.minusSeconds(59));

        assertThat(tokens().current()).isNotEqualTo(first);
        assertThat(issued()).isEqualTo(2);
    }

    @Test
    void concurrentCallersShareOneTokenRequest() throws ExecutionException, InterruptedException {
        ServiceTokens shared = tokens();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Credential>> calls = IntStream.range(0, 50)
                    .mapToObj(i -> threads.submit(shared::current))
                    .toList();
            Set<Credential> given = new HashSet<>();
            for (Future<Credential> call : calls) {
                given.add(call.get());
            }
            assertThat(given).hasSize(1);
        }
        assertThat(issued()).isEqualTo(1);
    }

    @Test
    void validTokenIsUsedDuringAnOutage() {
        Credential first = tokens().current();

        breakDown();
        advance(LIFETIME.minusSeconds(90));

        assertThat(tokens().current()).isEqualTo(first);
    }

    @Test
    void providerOutageWithoutAValidTokenIsATemporaryFailure() {
        breakDown();
        assertThatThrownBy(tokens()::current).isInstanceOf(TemporaryFailure.class);

        recover();
        tokens().current();

        breakDown();
        advance(LIFETIME.minusSeconds(59));
        assertThatThrownBy(tokens()::current).isInstanceOf(TemporaryFailure.class);
    }

    @Test
    void aWrongSecretIsAPermanentFailure() {
        refuseUs();

        assertThatThrownBy(tokens()::current).isInstanceOf(PermanentFailure.class);
    }
}
