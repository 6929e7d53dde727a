package dev.hexmart.adapter.entra;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;

/**
 * Whose tokens are believed, and how often the authority is asked for its keys.
 *
 * @param authority the base of the tokens' issuer, {@link #PUBLIC_CLOUD} for one; {@code https}, since whoever can change
 *     the keys on their way can be anybody, save on this machine itself
 * @param clientId our registration, for which a token must have been issued
 * @param allowedClients the registrations that may call us
 * @param keyRefreshInterval how often the keys are fetched anew in the background
 * @param unknownKeyInterval how long a token with an unknown key causes no further fetch after one that did
 */
public record EntraSettings(
        URI authority,
        UUID tenantId,
        UUID clientId,
        Set<UUID> allowedClients,
        Duration keyRefreshInterval,
        Duration unknownKeyInterval) {

    public static final URI PUBLIC_CLOUD = URI.create("https://login.microsoftonline.com");

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    public EntraSettings {
        boolean safe = "https".equals(authority.getScheme())
                || ("http".equals(authority.getScheme()) && THIS_MACHINE.contains(authority.getHost()));
        if (!safe || authority.getHost() == null || !authority.getPath().isEmpty()) {
            throw new IllegalArgumentException(
                    ("The authority must be https://<host>, or http://localhost:<port> for the local identity provider,"
                                    + " without a path, but is %s")
                            .formatted(authority));
        }
        allowedClients = Set.copyOf(allowedClients);
    }

    /** What suits one registration that is web application and API in one, with Microsoft's advice on keys. */
    public static EntraSettings of(URI authority, UUID tenantId, UUID clientId) {
        return new EntraSettings(
                authority, tenantId, clientId, Set.of(clientId), Duration.ofHours(1), Duration.ofMinutes(5));
    }

    public EntraSettings withAllowedClients(Set<UUID> clients) {
        return new EntraSettings(authority, tenantId, clientId, clients, keyRefreshInterval, unknownKeyInterval);
    }

    public EntraSettings withUnknownKeyInterval(Duration interval) {
        return new EntraSettings(authority, tenantId, clientId, allowedClients, keyRefreshInterval, interval);
    }

    String issuer() {
        return authority + "/" + tenantId + "/v2.0";
    }

    URI keys() {
        return URI.create(authority + "/" + tenantId + "/discovery/v2.0/keys");
    }
}
