package dev.hexmart.application.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.application.ManualClock;
import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.identity.BeginSignIn.Begun;
import dev.hexmart.application.identity.CompleteSignIn.Outcome;
import dev.hexmart.application.identity.CompleteSignIn.Reply;
import dev.hexmart.application.identity.TokenVerifier.Verification;
import dev.hexmart.application.transaction.AtOnce;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignInTest {

    private final ManualClock clock = ManualClock.atNoon();
    private final InMemoryTokens tokens = new InMemoryTokens();
    private final InMemoryOpenIdProvider provider = new InMemoryOpenIdProvider(tokens, clock);
    private final InMemorySessions sessions = new InMemorySessions();
    private final InMemorySignInAttempts attempts = new InMemorySignInAttempts();
    private final Supplier<String> secrets = Secrets::random;

    private final BeginSignIn begin = new BeginSignIn(attempts, provider, secrets);
    private final CompleteSignIn complete = new CompleteSignIn(attempts, provider, sessions, secrets, clock);
    private final ResumeSession resume = new ResumeSession(sessions, provider, clock);
    private final EndSession end = new EndSession(sessions, provider);

    private final Caller.Person alice = Callers.customer(Callers.newCustomerId());

    @Test
    void providerSignInStartsASession() {
        SessionId session = signIn(alice);
        Credential credential = resume.resume(session).orElseThrow();
        assertThat(tokens.verifier().verify(credential.token())).isEqualTo(new Verification.Accepted(alice));
    }

    @Test
    void theBrowserGoesOnWhereItWasAboutToGo() {
        Begun begun = begin.begin("/orders?limit=5");
        assertThat(complete(begun, Optional.empty()))
                .isInstanceOfSatisfying(
                        Outcome.Started.class,
                        started -> assertThat(started.returnTo()).isEqualTo("/orders?limit=5"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example",
                "/\\evil.example",
                "https://evil.example",
                "evil.example",
                "",
                "javascript:alert(1)",
                "/a\\b",
                "/\t/evil.example",
                "/x\r\nSet-Cookie: a=b",
                "/ünïcödé",
                "/a b"
            })
    void signingInLeadsNowhereElse(String address) {
        assertThatThrownBy(() -> begin.begin(address)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aCallbackCountsOnlyInTheBrowserThatWasSentAway() {
        Begun attackers = begin.begin("/");
        String code = provider.signIn(attackers.address(), alice);
        Begun victims = begin.begin("/");
        for (Optional<BrowserBinding> browser :
                List.of(Optional.of(victims.browser()), Optional.<BrowserBinding>empty())) {
            assertThat(complete.complete(browser, attackers.state(), new Reply.Code(code), Optional.empty()))
                    .isEqualTo(new Outcome.NotUnderWay());
        }
    }

    @Test
    void aCallbackCountsOnce() {
        Begun begun = begin.begin("/");
        assertThat(complete(begun, Optional.empty())).isInstanceOf(Outcome.Started.class);
        assertThat(complete(begun, Optional.empty())).isEqualTo(new Outcome.NotUnderWay());
    }

    @Test
    void goingBackToAUsedCallbackWithASessionIsSignedInAlready() {
        Begun begun = begin.begin("/");
        SessionId session = started(complete(begun, Optional.empty()));
        for (Reply reply : List.of(new Reply.Code("used"), new Reply.Denial())) {
            assertThat(complete.complete(Optional.of(begun.browser()), begun.state(), reply, Optional.of(session)))
                    .isEqualTo(new Outcome.SignedInAlready());
            assertThat(complete.complete(Optional.empty(), "made-up", reply, Optional.of(session)))
                    .isEqualTo(new Outcome.SignedInAlready());
        }
        assertThat(resume.resume(session)).isPresent();
        clock.advance(Session.LONGEST_IDLE);
        assertThat(complete.complete(
                        Optional.of(begun.browser()), begun.state(), new Reply.Code("used"), Optional.of(session)))
                .isEqualTo(new Outcome.NotUnderWay());
    }

    @Test
    void aDeniedAttemptIsOverAndNamesWhereItWasToReturn() {
        Begun begun = begin.begin("/shop/cart");
        assertThat(complete.complete(Optional.of(begun.browser()), begun.state(), new Reply.Denial(), Optional.empty()))
                .isEqualTo(new Outcome.Denied("/shop/cart"));
        assertThat(complete(begun, Optional.empty())).isEqualTo(new Outcome.NotUnderWay());
    }

    @Test
    void aCodeThatTheProviderDoesNotTakeStartsNothing() {
        Begun begun = begin.begin("/");
        assertThat(complete.complete(
                        Optional.of(begun.browser()), begun.state(), new Reply.Code("no-code"), Optional.empty()))
                .isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void manyTabsOfABrowserSignInSideBySide() {
        List<Begun> tabs = IntStream.range(0, 12)
                .mapToObj(tab -> begin.begin("/shop/orders?tab=" + tab))
                .toList();
        for (int tab = 0; tab < tabs.size(); tab++) {
            assertThat(complete(tabs.get(tab), Optional.empty()))
                    .isInstanceOfSatisfying(
                            Outcome.Started.class,
                            started -> assertThat(started.returnTo()).startsWith("/shop/orders?tab="));
        }
        assertThat(tabs).extracting(Begun::browser).doesNotHaveDuplicates();
    }

    @Test
    void aSessionIsAlwaysNewAndTheFormerOneEnds() {
        SessionId planted = signIn(alice);
        Begun begun = begin.begin("/");
        SessionId session = started(complete(begun, Optional.of(planted)));
        assertThat(session).isNotEqualTo(planted);
        assertThat(resume.resume(planted)).isEmpty();
        assertThat(resume.resume(session)).isPresent();
    }

    @Test
    void unknownSessionIsRejected() {
        assertThat(resume.resume(new SessionId(Secrets.random()))).isEmpty();
    }

    @Test
    void aSessionThatIsUsedGoesOnUntilTheDayIsOver() {
        SessionId session = signIn(alice);
        for (Duration passed = Duration.ZERO;
                passed.compareTo(Session.LONGEST.minusMinutes(20)) < 0;
                passed = passed.plusMinutes(20)) {
            clock.advance(Duration.ofMinutes(20));
            assertThat(resume.resume(session)).as("after %s", passed).isPresent();
        }
        clock.advance(Duration.ofMinutes(20));
        assertThat(resume.resume(session)).isEmpty();
    }

    @Test
    void aSessionThatLiesIdleIsOver() {
        SessionId session = signIn(alice);
        clock.advance(Session.LONGEST_IDLE.minusSeconds(1));
        assertThat(resume.resume(session)).isPresent();
        clock.advance(Session.LONGEST_IDLE);
        assertThat(resume.resume(session)).isEmpty();
    }

    @Test
    void aBackgroundRequestDoesNotKeepAnIdleSessionAlive() {
        SessionId session = signIn(alice);
        Duration pace = Duration.ofMinutes(2);
        for (Duration idle = pace; idle.compareTo(Session.LONGEST_IDLE) < 0; idle = idle.plus(pace)) {
            clock.advance(pace);
            assertThat(resume.resumeInBackground(session)).as("after %s", idle).isPresent();
        }
        clock.advance(pace);
        assertThat(resume.resumeInBackground(session)).isEmpty();
        assertThat(resume.resume(session)).isEmpty();
    }

    @Test
    void aBackgroundRequestGetsARenewedTokenWhileTheSessionLasts() {
        SessionId session = signIn(alice);
        Credential first = resume.resume(session).orElseThrow();
        passUntilTheTokenIsNearItsEnd(session);
        assertThat(resume.resumeInBackground(session)).isPresent().isNotEqualTo(Optional.of(first));
    }

    @Test
    void tokenIsRenewedBeforeItsExpiryByOneRequest() {
        SessionId session = signIn(alice);
        Credential first = resume.resume(session).orElseThrow();
        passUntilTheTokenIsNearItsEnd(session);
        List<Optional<Credential>> credentials = AtOnce.times(16, () -> resume.resume(session));
        assertThat(Set.copyOf(credentials)).hasSize(1).doesNotContain(Optional.of(first), Optional.empty());
        assertThat(provider.renewals()).isEqualTo(1);
    }

    @Test
    void whileAnotherGatewayRenewsTheOldTokenServesUntilItsEnd() {
        SessionId session = signIn(alice);
        Credential old = resume.resume(session).orElseThrow();
        passUntilTheTokenIsNearItsEnd(session);
        assertThat(sessions.claimRenewal(session)).isTrue();
        assertThat(resume.resume(session)).contains(old);
        clock.advance(Duration.ofMinutes(4).plusSeconds(50));
        assertThatThrownBy(() -> resume.resume(session)).isInstanceOf(TemporaryFailure.class);
        sessions.forgetClaims();
        assertThat(resume.resume(session)).isPresent().isNotEqualTo(Optional.of(old));
    }

    @Test
    void aProviderThatIsDownEndsNoSession() {
        SessionId session = signIn(alice);
        Credential old = resume.resume(session).orElseThrow();
        passUntilTheTokenIsNearItsEnd(session);
        provider.breakDown();
        assertThat(resume.resume(session)).contains(old);
        clock.advance(Duration.ofMinutes(5));
        sessions.forgetClaims();
        assertThatThrownBy(() -> resume.resume(session)).isInstanceOf(TemporaryFailure.class);
        provider.recover();
        sessions.forgetClaims();
        assertThat(resume.resume(session)).isPresent();
    }

    @Test
    void refusedRenewalEndsTheSession() {
        SessionId session = signIn(alice);
        provider.endSignIns(alice.id());
        passUntilTheTokenIsNearItsEnd(session);
        assertThat(resume.resume(session)).isEmpty();
        assertThat(sessions.find(session)).isEmpty();
    }

    @Test
    void signOutEndsTheSessionAndRedirectsToTheProvider() {
        SessionId session = signIn(alice);
        URI address = end.end(Optional.of(session));
        assertThat(provider.signOut(address)).isEqualTo(InMemoryOpenIdProvider.SIGNED_OUT_PAGE);
        assertThat(resume.resume(session)).isEmpty();
    }

    @Test
    void signingOutWithAnEndedSessionOrWithoutOneEndsAtTheProviderToo() {
        SessionId session = signIn(alice);
        end.end(Optional.of(session));
        for (Optional<SessionId> ended : List.of(Optional.of(session), Optional.<SessionId>empty())) {
            assertThat(provider.signOut(end.end(ended))).isEqualTo(InMemoryOpenIdProvider.SIGNED_OUT_PAGE);
        }
    }

    @Test
    void providerSignOutEndsTheSession() {
        SessionId session = signIn(alice);
        SessionId bobs = signIn(Callers.customer(Callers.newCustomerId()));
        end.endAllOf(sessions.find(session)
                .flatMap(found -> found.signedIn().providerSession())
                .orElseThrow());
        assertThat(resume.resume(session)).isEmpty();
        assertThat(resume.resume(bobs)).isPresent();
    }

    @Test
    void toStringOfSecretsIsRedacted() {
        SessionId session = signIn(alice);
        Begun begun = begin.begin("/");
        Session found = sessions.find(session).orElseThrow();
        String log = "%s %s %s %s %s"
                .formatted(
                        session,
                        begun.browser(),
                        found,
                        attempts.take(begun.browser(), begun.state()),
                        Collections.singleton(found.signedIn()));
        assertThat(log)
                .doesNotContain(session.value())
                .doesNotContain(begun.browser().value())
                .doesNotContain(begun.state())
                .doesNotContain(found.signedIn().tokens().access().token())
                .doesNotContain(found.signedIn().tokens().renewal());
    }

    private SessionId signIn(Caller.Person person) {
        Begun begun = begin.begin("/");
        String code = provider.signIn(begun.address(), person);
        return started(
                complete.complete(Optional.of(begun.browser()), begun.state(), new Reply.Code(code), Optional.empty()));
    }

    private Outcome complete(Begun begun, Optional<SessionId> former) {
        String code = provider.signIn(begun.address(), alice);
        return complete.complete(Optional.of(begun.browser()), begun.state(), new Reply.Code(code), former);
    }

    private static SessionId started(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Started.class);
        return ((Outcome.Started) outcome).session();
    }

    /** In steps, because a session that lies idle so long is over. */
    private void passUntilTheTokenIsNearItsEnd(SessionId session) {
        clock.advance(Duration.ofMinutes(28));
        resume.resume(session);
        clock.advance(Duration.ofMinutes(28));
    }
}
