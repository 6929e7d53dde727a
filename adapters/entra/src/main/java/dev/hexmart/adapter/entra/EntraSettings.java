package dev.hexmart.adapter.entra;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Whose tokens are believed, and how often the authority is asked for its keys.
 *
 * @param authority where the tenant's metadata, keys and sign-in are: {@link #PUBLIC_CLOUD}, a sovereign cloud, or {@code
 *     https://<name>.ciamlogin.com} for a tenant of External ID; {@code https}, since keys that are changed on their way
 *     make any token good, except on this machine itself, and in a network of containers, whose names are known by having
 *     no dot: public hosts' names have one
 * @param clientId our registration, for which a token must have been issued
 * @param allowedClients the registrations that may call us
 * @param keyRefreshInterval how often the keys are fetched anew in the background
 * @param unknownKeyInterval how often tokens with unknown keys may cause a fetch when they have caused several in vain
 */
public record EntraSettings(
        URI authority,
        UUID tenantId,
        UUID clientId,
        Set<UUID> allowedClients,
        Duration keyRefreshInterval,
        Duration unknownKeyInterval) {

    public static final URI PUBLIC_CLOUD = URI.create("https://login.microsoftonline.com");

    private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "[::1]");

    /** {@code localhost}, or a container; begins with a letter, since {@code http://134744072} is a public address. */
    private static final Pattern NAME_WITHOUT_DOT = Pattern.compile("[A-Za-z][A-Za-z0-9-]*");

    public EntraSettings {
        requireSafe(authority);
        allowedClients = Set.copyOf(allowedClients);
    }

    /** What suits one registration that is web application and API in one, and the limits on fetches of keys. */
    public static EntraSettings of(URI authority, UUID tenantId, UUID clientId) {
        return new EntraSettings(
                authority, tenantId, clientId, Set.of(clientId), Duration.ofHours(1), Duration.ofSeconds(10));
    }

    public EntraSettings withUnknownKeyInterval(Duration interval) {
        return new EntraSettings(authority, tenantId, clientId, allowedClients, keyRefreshInterval, interval);
    }

    /** Where tokens and keys may come from, and where a browser may be sent to sign in. */
    public static void requireSafe(URI authority) {
        String host = Optional.ofNullable(authority.getHost()).orElse("");
        boolean safe = switch (Optional.ofNullable(authority.getScheme()).orElse("")) {
            case "https" -> !host.isEmpty();
            case "http" ->
                THIS_MACHINE.contains(host) || NAME_WITHOUT_DOT.matcher(host).matches();
            default -> false;
        };
        if (!safe || !authority.getPath().isEmpty()) {
            throw new IllegalArgumentException(
                    ("The authority must be https://<host>, or for the local identity provider http://localhost:<port> or"
                                    + " http://<container>:<port>, without a path, but is %s")
                            .formatted(authority));
        }
    }

    /**
     * The issuers that the authority's metadata may name, all of them this tenant's: that of Entra ID, below the authority,
     * and that of External ID, whose host is the tenant's id whatever name or custom domain the authority has.
     */
    public Set<String> possibleIssuers() {
        String external = authority.getScheme().equals("https")
                ? "https://%s.ciamlogin.com/%s/v2.0".formatted(tenantId, tenantId)
                // The local provider in External ID's form; below localhost every name is this machine (RFC 6761).
                : "http://%s.%s/%s/v2.0".formatted(tenantId, authority.getRawAuthority(), tenantId);
        // Not Set.of: the two are the same where the authority is itself named by the tenant's id.
        return Set.copyOf(List.of(authority + "/" + tenantId + "/v2.0", external));
    }

    public URI keys() {
        return URI.create(authority + "/" + tenantId + "/discovery/v2.0/keys");
    }

    public URI metadata() {
        return URI.create(authority + "/" + tenantId + "/v2.0/.well-known/openid-configuration");
    }

    /**
     * What the registration asks of its own API.
     *
     * <p>Without {@code api://} in front: Entra ID signs people in by that too, but an hour later refuses to renew the tokens of
     * a registration that names itself otherwise than by its bare id (AADSTS90009).
     */
    public String scope(String permission) {
        return clientId + "/" + permission;
    }
}
