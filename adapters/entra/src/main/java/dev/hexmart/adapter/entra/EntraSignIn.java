package dev.hexmart.adapter.entra;

import static com.microsoft.aad.msal4j.AuthenticationErrorCode.CACHE_MISS;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.microsoft.aad.msal4j.AuthorizationCodeParameters;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import com.microsoft.aad.msal4j.IAccount;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import com.microsoft.aad.msal4j.SilentParameters;
import dev.hexmart.application.failure.PermanentFailure;
import dev.hexmart.application.identity.Credential;
import dev.hexmart.application.identity.OpenIdProvider;
import dev.hexmart.application.identity.SignInAttempt;
import dev.hexmart.application.identity.SignedIn;
import dev.hexmart.application.identity.Tokens;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URLEncoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Signs people in at Entra ID with msal4j, which speaks to the token endpoint and keeps refresh tokens.
 *
 * <p>What msal4j leaves to its user is done here: it neither looks at an ID token's signature nor at its nonce, and its own
 * addresses ask for an answer by form, with which a browser sends no cookie of ours.
 */
public final class EntraSignIn implements OpenIdProvider, AutoCloseable {

    /** Printable ASCII (RFC 6749, A.11). */
    private static final Pattern CODE = Pattern.compile("[!-~]+");

    /** Error codes for a required interaction of the person; the last one is msal4j's own. */
    private static final Set<String> ENDED =
            Set.of("invalid_grant", "interaction_required", "login_required", "consent_required", CACHE_MISS);

    private final EntraSettings entra;
    private final EntraSignInSettings settings;
    private final AuthorityTokens tokens;
    private final AuthorityClient client;
    private final Set<String> scopes;

    private EntraSignIn(AuthorityTokens tokens, EntraSignInSettings settings, AuthorityObserver observer) {
        this.entra = tokens.settings();
        this.settings = settings;
        this.tokens = tokens;
        this.client = new AuthorityClient(entra, settings.secret(), observer);
        this.scopes = Set.of(entra.scope("access_as_user"));
    }

    /** @param verifier of the same registration, whose keys are used; it is not closed with this */
    public static EntraSignIn start(
            EntraTokenVerifier verifier, EntraSignInSettings settings, AuthorityObserver observer) {
        return new EntraSignIn(verifier.tokens(), settings, observer);
    }

    @Override
    public URI signInAddress(SignInAttempt attempt) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("client_id", entra.clientId().toString());
        query.put("response_type", "code");
        query.put("response_mode", "query");
        query.put("redirect_uri", settings.redirectUri().toString());
        query.put("scope", "openid profile offline_access " + String.join(" ", scopes));
        query.put("state", attempt.state());
        query.put("nonce", attempt.nonce());
        query.put("code_challenge", s256(attempt.codeVerifier()));
        query.put("code_challenge_method", "S256");
        return browserAddress("authorize", query);
    }

    @Override
    public Redemption redeem(String code, SignInAttempt attempt) {
        if (!CODE.matcher(code).matches()) {
            return new Redemption.Refused("not a code");
        }
        ConfidentialClientApplication application = client.newApplication();
        try {
            IAuthenticationResult result = AuthorityClient.await(
                    application.acquireToken(AuthorizationCodeParameters.builder(code, settings.redirectUri())
                            .codeVerifier(attempt.codeVerifier())
                            .scopes(scopes)
                            .build()));
            Claims idToken = idToken(result, attempt);
            return new Redemption.Redeemed(
                    new SignedIn(idToken.requirePerson(), idToken.find("sid"), issued(result, application)));
        } catch (Refusal refusal) {
            return new Redemption.Refused(refusal.reason());
        } catch (Rejection rejection) {
            return new Redemption.Refused("ID token: " + rejection.reason());
        }
    }

    @Override
    public Renewal renew(Tokens old) {
        ConfidentialClientApplication application = client.newApplication();
        Optional<IAccount> account = account(application, old);
        if (account.isEmpty()) {
            return new Renewal.Ended("nothing is kept by which to ask");
        }
        try {
            IAuthenticationResult result = AuthorityClient.await(silently(application, account.get()));
            return new Renewal.Renewed(issued(result, application));
        } catch (Refusal refusal) {
            if (ENDED.contains(refusal.error())) {
                return new Renewal.Ended(refusal.reason());
            }
            throw new PermanentFailure(
                    "The identity provider rejects the request as invalid (%s); ./hexmart doctor --entra says more"
                            .formatted(refusal.reason()));
        }
    }

    @Override
    public URI signOutAddress(Optional<Tokens> last) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("post_logout_redirect_uri", settings.signedOutPage().toString());
        // With it Entra ID ends this person's session without asking which of several is meant.
        last.flatMap(tokens -> account(client.newApplication(), tokens))
                .flatMap(EntraSignIn::loginHint)
                .ifPresent(hint -> query.put("logout_hint", hint));
        return browserAddress("logout", query);
    }

    @Override
    public void close() {
        client.close();
    }

    /** Silently in msal4j's words: without the person. */
    private CompletableFuture<IAuthenticationResult> silently(
            ConfidentialClientApplication application, IAccount account) {
        try {
            return application.acquireTokenSilently(
                    SilentParameters.builder(scopes, account).forceRefresh(true).build());
        } catch (MalformedURLException e) {
            throw new IllegalStateException("No other authority is named", e);
        }
    }

    private Claims idToken(IAuthenticationResult result, SignInAttempt attempt) throws Rejection {
        Claims claims = tokens.verify(Objects.requireNonNullElse(result.idToken(), ""));
        claims.requireEqual("nonce", attempt.nonce());
        return claims;
    }

    /** Looks at the access token as the services will: better no sign-in than one with which nothing works. */
    private Tokens issued(IAuthenticationResult result, ConfidentialClientApplication application) {
        String access = result.accessToken();
        try {
            return new Tokens(
                    new Credential(access),
                    tokens.verify(access).requireTime("exp"),
                    application.tokenCache().serialize());
        } catch (Rejection rejection) {
            throw new PermanentFailure(
                    "The identity provider issues access tokens that the services do not accept (%s); ./hexmart doctor --entra says more"
                            .formatted(rejection.reason()));
        }
    }

    /** The account of the tokens; empty if the stored cache cannot be read. */
    private static Optional<IAccount> account(ConfidentialClientApplication application, Tokens kept) {
        try {
            application.tokenCache().deserialize(kept.renewal());
        } catch (RuntimeException e) {
            // Of several kinds, whatever its parser stumbles over.
            return Optional.empty();
        }
        return application.getAccounts().join().stream().findFirst();
    }

    private static Optional<String> loginHint(IAccount account) {
        return account.getTenantProfiles().values().stream()
                .map(profile -> profile.getClaims().get("login_hint"))
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .findFirst();
    }

    private URI browserAddress(String endpoint, Map<String, String> query) {
        return URI.create("%s/%s/oauth2/v2.0/%s?%s"
                .formatted(
                        settings.browserAuthority(),
                        entra.tenantId(),
                        endpoint,
                        query.entrySet().stream()
                                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), UTF_8))
                                .collect(Collectors.joining("&"))));
    }

    private static String s256(String verifier) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
