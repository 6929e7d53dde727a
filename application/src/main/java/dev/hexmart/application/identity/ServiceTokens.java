package dev.hexmart.application.identity;

/**
 * Driven port: the token by which a service acts for itself, where no user stands behind the work (OAuth 2.0's client
 * credentials).
 */
public interface ServiceTokens {

    /**
     * A token that is good for a minute or more; kept while it is, and asked for once however many want it at once.
     *
     * @throws dev.hexmart.application.failure.TemporaryFailure when the provider does not answer and there is none that is
     *     still good
     * @throws dev.hexmart.application.failure.PermanentFailure when the provider refuses us: the secret is wrong or has
     *     expired
     */
    Credential current();
}
