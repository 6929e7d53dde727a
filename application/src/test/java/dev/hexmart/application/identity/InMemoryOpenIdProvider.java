package dev.hexmart.application.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hexmart.application.failure.PermanentFailure;
import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.domain.shared.CustomerId;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** An OpenID provider together with the browsers that are sent to it. */
public final class InMemoryOpenIdProvider implements OpenIdProvider {

    /** How long an access token is good. */
    public static final Duration LIFETIME = Duration.ofHours(1);

    public static final URI SIGNED_OUT_PAGE = URI.create("http://localhost:8080/signed-out");

    private static final String SIGN_IN = "https://provider.example/authorize";
    private static final String SIGN_OUT = "https://provider.example/logout";

    private final InMemoryTokens tokens;
    private final InstantSource clock;
    private final Map<String, Issued> codes = new HashMap<>();
    private final Map<String, Caller.Person> renewals = new HashMap<>();
    private boolean broken;
    private boolean refusesUs;
    private int renewalsAskedFor;

    /** @param tokens whose verifiers believe what this provider issues */
    public InMemoryOpenIdProvider(InMemoryTokens tokens, InstantSource clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    /** A parameter of an address's query. */
    public static Optional<String> parameter(URI address, String name) {
        return Arrays.stream(
                        Optional.ofNullable(address.getRawQuery()).orElse("").split("&"))
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> URLDecoder.decode(pair.substring(name.length() + 1), UTF_8))
                .findFirst();
    }

    /** A browser is sent to the address, and this person signs in there: the code that it brings to the callback. */
    public synchronized String signIn(URI signInAddress, Caller.Person person) {
        String code = "c-" + UUID.randomUUID();
        codes.put(
                code,
                new Issued(
                        person,
                        parameter(signInAddress, "code_challenge").orElseThrow(),
                        parameter(signInAddress, "nonce").orElseThrow()));
        return code;
    }

    /** A browser is sent to the address: where it is in the end. */
    public URI signOut(URI signOutAddress) {
        return URI.create(parameter(signOutAddress, "post_logout_redirect_uri").orElseThrow());
    }

    /** Lets this person stay signed in no longer; access tokens that were issued stay good. */
    public synchronized void endSignIns(CustomerId person) {
        renewals.values().removeIf(signedIn -> signedIn.id().equals(person));
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
        refusesUs = true;
    }

    /** How many renewals of tokens were requested, failed ones included. */
    public synchronized int renewals() {
        return renewalsAskedFor;
    }

    @Override
    public URI signInAddress(SignInAttempt attempt) {
        return URI.create("%s?state=%s&nonce=%s&code_challenge=%s&code_challenge_method=S256"
                .formatted(
                        SIGN_IN,
                        URLEncoder.encode(attempt.state(), UTF_8),
                        URLEncoder.encode(attempt.nonce(), UTF_8),
                        s256(attempt.codeVerifier())));
    }

    @Override
    public synchronized Redemption redeem(String code, SignInAttempt attempt) {
        requireAnswer();
        Issued issued = codes.remove(code);
        if (issued == null) {
            return new Redemption.Refused("The code is unknown or used");
        }
        if (!issued.challenge().equals(s256(attempt.codeVerifier()))) {
            return new Redemption.Refused("The code was issued for another verifier");
        }
        if (!issued.nonce().equals(attempt.nonce())) {
            return new Redemption.Refused("The ID token does not repeat the nonce");
        }
        return new Redemption.Redeemed(
                new SignedIn(issued.person().id(), Optional.of("s-" + UUID.randomUUID()), issue(issued.person())));
    }

    /** Takes each renewal once, as the strictest of providers do. */
    @Override
    public synchronized Renewal renew(Tokens old) {
        renewalsAskedFor++;
        requireAnswer();
        Caller.Person person = renewals.remove(old.renewal());
        return person == null
                ? new Renewal.Ended("The sign-in was ended, or the tokens were renewed before")
                : new Renewal.Renewed(issue(person));
    }

    @Override
    public URI signOutAddress(Optional<Tokens> ignored) {
        return URI.create(
                SIGN_OUT + "?post_logout_redirect_uri=" + URLEncoder.encode(SIGNED_OUT_PAGE.toString(), UTF_8));
    }

    private Tokens issue(Caller.Person person) {
        String renewal = "r-" + UUID.randomUUID();
        renewals.put(renewal, person);
        return new Tokens(new Credential(tokens.issue(person)), clock.instant().plus(LIFETIME), renewal);
    }

    private void requireAnswer() {
        if (broken) {
            throw new TemporaryFailure("The identity provider does not answer");
        }
        if (refusesUs) {
            throw new PermanentFailure("The identity provider does not take the secret");
        }
    }

    private static String s256(String verifier) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private record Issued(Caller.Person person, String challenge, String nonce) {}
}
