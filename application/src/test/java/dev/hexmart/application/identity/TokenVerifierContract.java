package dev.hexmart.application.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.identity.TokenVerifier.Verification;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link TokenVerifier} keeps. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class TokenVerifierContract {

    private final Caller customer = Callers.customer(Callers.newCustomerId());

    /** A verifier that has not been used yet. */
    protected abstract TokenVerifier verifier();

    /** A good token of this caller. */
    protected abstract String tokenOf(Caller caller);

    /** A token of this caller that was good until a while ago. */
    protected abstract String expiredTokenOf(Caller caller);

    /** A token of this caller that was issued for something else than Hexmart. */
    protected abstract String misdirectedTokenOf(Caller caller);

    /** A token of this caller that looks right, but was not issued by the authority. */
    protected abstract String forgedTokenOf(Caller caller);

    /** From now on the authority cannot be reached. */
    protected abstract void breakAuthority();

    @Test
    void validTokenHasItsCustomer() {
        assertAccepted(customer);
    }

    @Test
    void aTokenIsRecognizedOnceItWasAccepted() {
        TokenVerifier verifier = verifier();
        String token = tokenOf(customer);
        assertThat(verifier.recognize(token)).isEmpty();
        verifier.verify(token);
        assertThat(verifier.recognize(token)).contains(customer);
    }

    @Test
    void aTokenThatWasRejectedIsNotRecognized() {
        TokenVerifier verifier = verifier();
        for (String token : List.of(
                expiredTokenOf(customer), misdirectedTokenOf(customer), forgedTokenOf(customer), "", "garbage")) {
            verifier.verify(token);
            assertThat(verifier.recognize(token)).isEmpty();
        }
    }

    @Test
    void validTokenHasItsRoles() {
        assertAccepted(Callers.employee());
        assertAccepted(new Caller.Person(Callers.newCustomerId(), "Carl", true, Set.of(Role.ORDERS_MANAGE)));
    }

    @Test
    void aTokenWithoutTheScopeDoesNotLetItsBearerActAsACustomer() {
        assertAccepted(new Caller.Person(Callers.newCustomerId(), "Dora", false, Set.of()));
    }

    @Test
    void serviceTokenHasNoCustomer() {
        assertAccepted(new Caller.Service("33333333-3333-3333-3333-333333333333", Set.of(Role.CATALOG_MANAGE)));
    }

    @Test
    void invalidTokenIsRejected() {
        TokenVerifier verifier = verifier();
        assertRejected(verifier, expiredTokenOf(customer));
        assertRejected(verifier, misdirectedTokenOf(customer));
        assertRejected(verifier, forgedTokenOf(customer));
    }

    @Test
    void aTokenThatHasBeenTamperedWithIsRejected() {
        TokenVerifier verifier = verifier();
        String token = tokenOf(customer);
        assertRejected(verifier, token.substring(1));
        assertRejected(verifier, token.substring(0, token.length() / 2));
        assertRejected(verifier, token + token);
        assertRejected(verifier, token.toUpperCase(Locale.ROOT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ".",
                "..",
                "...",
                "a.b.c",
                "e30.e30.",
                "e30.e30.e30",
                "eyJhbGciOiJub25lIn0.e30.",
                "Bearer x",
                "\u0000",
                "ünïcödé",
                "{\"alg\":\"none\"}"
            })
    void noInputMakesItThrow(String nonsense) {
        assertRejected(verifier(), nonsense);
    }

    @Test
    void aVeryLongTokenIsRejected() {
        assertRejected(verifier(), "x".repeat(1_000_000));
    }

    @Test
    void knownKeysWorkDuringAnOutageOfTheAuthority() {
        TokenVerifier verifier = verifier();
        String token = tokenOf(customer);
        String forged = forgedTokenOf(customer);
        assertThat(verifier.verify(token)).isEqualTo(new Verification.Accepted(customer));
        breakAuthority();
        assertThat(verifier.verify(token)).isEqualTo(new Verification.Accepted(customer));
        assertRejected(verifier, forged);
    }

    @Test
    void unknownKeysDuringAnOutageAreATemporaryFailure() {
        String token = tokenOf(customer);
        breakAuthority();
        TokenVerifier verifier = verifier();
        assertThatThrownBy(() -> verifier.verify(token)).isInstanceOf(TemporaryFailure.class);
    }

    private void assertAccepted(Caller caller) {
        assertThat(verifier().verify(tokenOf(caller))).isEqualTo(new Verification.Accepted(caller));
    }

    private static void assertRejected(TokenVerifier verifier, String token) {
        assertThat(verifier.verify(token)).isInstanceOf(Verification.Rejected.class);
    }
}
