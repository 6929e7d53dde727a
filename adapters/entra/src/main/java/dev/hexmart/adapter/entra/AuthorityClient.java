package dev.hexmart.adapter.entra;

import static com.microsoft.aad.msal4j.AuthenticationErrorCode.CACHE_MISS;
import static com.microsoft.aad.msal4j.AuthenticationErrorCode.INVALID_JWT;
import static com.microsoft.aad.msal4j.AuthenticationErrorCode.UNKNOWN;

import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import com.microsoft.aad.msal4j.MsalClientException;
import com.microsoft.aad.msal4j.MsalException;
import com.microsoft.aad.msal4j.MsalServiceException;
import dev.hexmart.application.failure.PermanentFailure;
import dev.hexmart.application.failure.TemporaryFailure;
import java.net.MalformedURLException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Our registration as a client of the authority's token endpoint.
 *
 * <p>Every operation has its own client object, which needs no request: a shared one keeps
 * all tokens in one cache, and gives one person's refresh token to another.
 */
final class AuthorityClient implements AutoCloseable {

    private static final Pattern CODE = Pattern.compile("AADSTS\\d+");

    /** Error codes for an unknown client or an invalid secret. */
    private static final Set<String> WE_ARE_REFUSED = Set.of("invalid_client", "unauthorized_client");

    /** The stored cache or the response is unusable; a retry would not help. */
    private static final Set<String> USELESS = Set.of(CACHE_MISS, INVALID_JWT);

    private final EntraSettings settings;
    private final ClientSecret secret;
    private final AuthorityHttp http;

    AuthorityClient(EntraSettings settings, ClientSecret secret, AuthorityObserver observer) {
        this.settings = settings;
        this.secret = secret;
        this.http = new AuthorityHttp(settings.authority(), observer);
    }

    ConfidentialClientApplication newApplication() {
        try {
            return ConfidentialClientApplication.builder(
                            settings.clientId().toString(), ClientCredentialFactory.createFromSecret(secret.value()))
                    .authority(EntraSettings.PUBLIC_CLOUD + "/" + settings.tenantId() + "/")
                    .instanceDiscovery(false)
                    .httpClient(http)
                    .disableInternalRetries()
                    .executorService(new SameThread())
                    .build();
        } catch (MalformedURLException e) {
            throw new IllegalStateException("The public cloud has an address", e);
        }
    }

    /**
     * What the authority has answered.
     *
     * @throws Refusal where it says no
     * @throws TemporaryFailure where it says nothing
     * @throws PermanentFailure where it does not take us for the registration that we say we are
     */
    static IAuthenticationResult await(CompletableFuture<IAuthenticationResult> answer) throws Refusal {
        try {
            return answer.join();
        } catch (CompletionException e) {
            throw translate(Optional.ofNullable(e.getCause()).orElse(e));
        }
    }

    @Override
    public void close() {
        http.close();
    }

    private static Refusal translate(Throwable failure) {
        if (failure instanceof MsalServiceException answer && !error(answer).equals(UNKNOWN)) {
            String error = error(answer);
            Matcher code = CODE.matcher(String.valueOf(answer.getMessage()));
            // Not the rest of the message: it may contain a person's name.
            String reason = code.find() ? error + ", " + code.group() : error;
            if (WE_ARE_REFUSED.contains(error)) {
                throw new PermanentFailure(
                        "The identity provider rejects the client id and secret (%s); ./hexmart doctor --entra says more"
                                .formatted(reason),
                        answer);
            }
            return new Refusal(error, reason);
        }
        if (failure instanceof MsalClientException e && USELESS.contains(error(e))) {
            return new Refusal(error(e), error(e));
        }
        // msal4j takes an ID token apart before we do.
        if (failure instanceof IllegalArgumentException) {
            return new Refusal(INVALID_JWT, INVALID_JWT);
        }
        throw new TemporaryFailure("The identity provider does not answer: " + failure.getMessage(), failure);
    }

    /** The error of OAuth 2.0; without one it was not the token endpoint that has answered. */
    private static String error(MsalException e) {
        return Optional.ofNullable(e.errorCode()).orElse(UNKNOWN);
    }
}
