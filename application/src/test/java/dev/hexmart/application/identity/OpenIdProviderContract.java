package dev.hexmart.application.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.application.failure.PermanentFailure;
import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.identity.OpenIdProvider.Redemption;
import dev.hexmart.application.identity.OpenIdProvider.Renewal;
import dev.hexmart.application.identity.TokenVerifier.Verification;
import dev.hexmart.domain.shared.CustomerId;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link OpenIdProvider} keeps. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class OpenIdProviderContract {

    protected abstract OpenIdProvider provider();

    /** Believes what the provider issues. */
    protected abstract TokenVerifier verifier();

    /** A user of the provider. */
    protected abstract CustomerId alice();

    /** Another user of the provider. */
    protected abstract CustomerId bob();

    /** This person's browser is sent to the address, and the person signs in there: the code that comes of it. */
    protected abstract String signIn(URI signInAddress, CustomerId person);

    /** A browser is sent to the address: where it is in the end. */
    protected abstract URI signOut(URI signOutAddress);

    /** Our page for those who have signed out. */
    protected abstract URI signedOutPage();

    /** The provider lets this person stay signed in no longer. */
    protected abstract void endSignIns(CustomerId person);

    /** From now on requests time out. */
    protected abstract void breakDown();

    /** From now on the provider answers again, and has forgotten nothing. */
    protected abstract void recover();

    /** From now on our secret is wrong. */
    protected abstract void refuseUs();

    protected abstract Instant now();

    @Test
    void theAddressCarriesStateNonceAndTheHashOfTheVerifier() {
        SignInAttempt attempt = attempt();

        URI address = provider().signInAddress(attempt);

        assertThat(InMemoryOpenIdProvider.parameter(address, "state")).contains(attempt.state());
        assertThat(InMemoryOpenIdProvider.parameter(address, "nonce")).contains(attempt.nonce());
        assertThat(InMemoryOpenIdProvider.parameter(address, "code_challenge")).contains(s256(attempt.codeVerifier()));
        assertThat(InMemoryOpenIdProvider.parameter(address, "code_challenge_method"))
                .contains("S256");
        assertThat(address.toString()).doesNotContain(attempt.codeVerifier());
    }

    @Test
    void codeIsRedeemedForTheSignedInPerson() {
        assertThat(signedIn(alice()).person()).isEqualTo(alice());
        assertThat(signedIn(bob()).person()).isEqualTo(bob());
    }

    @Test
    void theServicesTakeTheAccessTokenUntilItEnds() {
        SignedIn signedIn = signedIn(alice());

        assertThat(bearer(signedIn.tokens())).isEqualTo(alice());
        assertThat(signedIn.tokens().accessExpires()).isAfter(now());
    }

    @Test
    void aCodeIsGoodOnce() {
        SignInAttempt attempt = attempt();
        String code = signIn(provider().signInAddress(attempt), alice());
        assertThat(provider().redeem(code, attempt)).isInstanceOf(Redemption.Redeemed.class);

        assertRefused(code, attempt);
    }

    @Test
    void aCodeIsOfNoUseWithoutItsVerifier() {
        SignInAttempt attempt = attempt();
        String code = signIn(provider().signInAddress(attempt), alice());

        assertRefused(
                code,
                new SignInAttempt(attempt.state(), attempt.nonce(), attempt().codeVerifier(), attempt.returnTo()));
    }

    @Test
    void anIdTokenThatDoesNotRepeatTheNonceIsRefused() {
        SignInAttempt attempt = attempt();
        String code = signIn(provider().signInAddress(attempt), alice());

        assertRefused(
                code,
                new SignInAttempt(attempt.state(), attempt().nonce(), attempt.codeVerifier(), attempt.returnTo()));
    }

    @Test
    void aCodeOfAnotherAttemptIsRefused() {
        String code = signIn(provider().signInAddress(attempt()), alice());

        assertRefused(code, attempt());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "nonsense", "a&b=c", "%zz", "\u0000", "ünïcödé", "{}", "\r\nX: y"})
    void noCodeMakesItThrow(String nonsense) {
        assertRefused(nonsense, attempt());
    }

    @Test
    void aVeryLongCodeIsRefused() {
        assertRefused("x".repeat(10_000), attempt());
    }

    @Test
    void aRenewalGivesNewTokensOfTheSamePerson() {
        Tokens first = signedIn(alice()).tokens();

        Tokens second = renewed(first);
        Tokens third = renewed(second);

        assertThat(List.of(first.access(), second.access(), third.access())).doesNotHaveDuplicates();
        assertThat(bearer(second)).isEqualTo(alice());
        assertThat(bearer(third)).isEqualTo(alice());
        assertThat(third.accessExpires()).isAfter(now());
    }

    @Test
    void renewalOfARevokedPersonIsRefused() {
        Tokens alices = signedIn(alice()).tokens();
        Tokens bobs = signedIn(bob()).tokens();

        endSignIns(alice());

        assertThat(provider().renew(alices)).isInstanceOf(Renewal.Ended.class);
        assertThat(bearer(renewed(bobs))).isEqualTo(bob());
    }

    @Test
    void concurrentCallsNeverMixTokensOfPeople() throws ExecutionException, InterruptedException {
        OpenIdProvider shared = provider();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<CustomerId>> bearers = IntStream.range(0, 20)
                    .mapToObj(i -> threads.submit(() -> {
                        CustomerId person = i % 2 == 0 ? alice() : bob();
                        return bearer(renewed(shared, signedIn(shared, person).tokens()));
                    }))
                    .toList();
            List<CustomerId> found = new ArrayList<>();
            for (Future<CustomerId> bearer : bearers) {
                found.add(bearer.get());
            }
            assertThat(found)
                    .isEqualTo(IntStream.range(0, 20)
                            .mapToObj(i -> i % 2 == 0 ? alice() : bob())
                            .toList());
        }
    }

    @Test
    void providerTimeoutIsATemporaryFailureAndEndsNoSession() {
        SignInAttempt attempt = attempt();
        String code = signIn(provider().signInAddress(attempt), bob());
        Tokens tokens = signedIn(alice()).tokens();
        OpenIdProvider provider = provider();

        breakDown();
        assertThatThrownBy(() -> provider.redeem(code, attempt)).isInstanceOf(TemporaryFailure.class);
        assertThatThrownBy(() -> provider.renew(tokens)).isInstanceOf(TemporaryFailure.class);

        recover();
        assertThat(bearer(renewed(tokens))).isEqualTo(alice());
    }

    @Test
    void invalidSecretIsAPermanentFailureAndEndsNoSession() {
        SignInAttempt attempt = attempt();
        String code = signIn(provider().signInAddress(attempt), bob());
        Tokens tokens = signedIn(alice()).tokens();

        refuseUs();

        assertThatThrownBy(() -> provider().redeem(code, attempt)).isInstanceOf(PermanentFailure.class);
        assertThatThrownBy(() -> provider().renew(tokens)).isInstanceOf(PermanentFailure.class);
    }

    @Test
    void signOutAddressIsBuiltWithoutARequest() {
        OpenIdProvider provider = provider();
        Tokens tokens = signedIn(alice()).tokens();

        breakDown();

        assertThat(provider.signInAddress(attempt()).isAbsolute()).isTrue();
        assertThat(provider.signOutAddress(Optional.of(tokens)).isAbsolute()).isTrue();
        assertThat(provider.signOutAddress(Optional.empty()).isAbsolute()).isTrue();
    }

    @Test
    void aBrowserThatSignsOutComesBackToOurPage() {
        URI address = provider().signOutAddress(Optional.of(signedIn(alice()).tokens()));

        assertThat(signOut(address)).isEqualTo(signedOutPage());
    }

    @Test
    void aBrowserThatSignsOutWithoutASessionComesBackToOurPage() {
        assertThat(signOut(provider().signOutAddress(Optional.empty()))).isEqualTo(signedOutPage());
    }

    private SignedIn signedIn(CustomerId person) {
        return signedIn(provider(), person);
    }

    private SignedIn signedIn(OpenIdProvider provider, CustomerId person) {
        SignInAttempt attempt = attempt();
        String code = signIn(provider.signInAddress(attempt), person);
        return switch (provider.redeem(code, attempt)) {
            case Redemption.Redeemed(SignedIn signedIn) -> signedIn;
            case Redemption.Refused(String reason) -> throw new AssertionError("Refused: " + reason);
        };
    }

    private Tokens renewed(Tokens tokens) {
        return renewed(provider(), tokens);
    }

    private static Tokens renewed(OpenIdProvider provider, Tokens tokens) {
        return switch (provider.renew(tokens)) {
            case Renewal.Renewed(Tokens renewed) -> renewed;
            case Renewal.Ended(String reason) -> throw new AssertionError("Ended: " + reason);
        };
    }

    private CustomerId bearer(Tokens tokens) {
        return switch (verifier().verify(tokens.access().token())) {
            case Verification.Accepted(Caller.Person person) -> person.id();
            case Verification.Accepted(Caller.Service service) -> throw new AssertionError(service);
            case Verification.Rejected(String reason) -> throw new AssertionError("Rejected: " + reason);
        };
    }

    private void assertRefused(String code, SignInAttempt attempt) {
        assertThat(provider().redeem(code, attempt)).isInstanceOf(Redemption.Refused.class);
    }

    private static SignInAttempt attempt() {
        return new SignInAttempt(random(), random(), random(), "/");
    }

    /** As long as RFC 7636 asks of a verifier, 43 characters or more. */
    private static String random() {
        return UUID.randomUUID() + "." + UUID.randomUUID();
    }

    private static String s256(String verifier) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
