package dev.hexmart.adapter.entra;

import dev.hexmart.adapter.entra.AuthorityTokens.Verified;
import dev.hexmart.adapter.entra.KnownTokens.Known;
import dev.hexmart.application.identity.Caller;
import dev.hexmart.application.identity.Role;
import dev.hexmart.application.identity.TokenVerifier;
import dev.hexmart.domain.shared.CustomerId;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Believes access tokens that Entra ID has issued, in its v2.0 format, by one tenant and for one registration.
 *
 * <p>It follows Microsoft's rules for web APIs and RFC 8725.
 */
public final class EntraTokenVerifier implements TokenVerifier, AutoCloseable {

    private static final String ACCESS_AS_USER = "access_as_user";

    private final AuthorityTokens tokens;
    private final KnownTokens known = new KnownTokens();
    private final InstantSource clock;

    private EntraTokenVerifier(AuthorityTokens tokens, InstantSource clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    /** Starts to fetch the authority's keys, without waiting for them. */
    public static EntraTokenVerifier start(EntraSettings settings, InstantSource clock) {
        return new EntraTokenVerifier(AuthorityTokens.start(settings, clock), clock);
    }

    @Override
    public Verification verify(String token) {
        String hash = KnownTokens.hash(token);
        Optional<Caller> recognized = knownBy(hash);
        if (recognized.isPresent()) {
            return new Verification.Accepted(recognized.get());
        }
        try {
            Verified verified = tokens.verified(token);
            Caller caller = caller(verified.claims());
            known.add(hash, new Known(caller, verified.until(), verified.keyId(), verified.key()));
            return new Verification.Accepted(caller);
        } catch (Rejection rejection) {
            known.remove(hash);
            return new Verification.Rejected(rejection.reason());
        }
    }

    @Override
    public Optional<Caller> recognize(String token) {
        return knownBy(KnownTokens.hash(token));
    }

    private Optional<Caller> knownBy(String hash) {
        return known.find(hash).filter(this::holds).map(Known::caller);
    }

    /** Whether nothing has happened since that would change the verdict: no other claim depends on the time. */
    private boolean holds(Known token) {
        return token.until().isAfter(clock.instant()) && tokens.isInUse(token.keyId(), token.key());
    }

    int knownTokens() {
        return known.size();
    }

    /** Whether it can tell tokens apart: the authority's issuer and keys have been read once. Stays true from then on. */
    public boolean isReady() {
        return tokens.isReady();
    }

    @Override
    public void close() {
        tokens.close();
    }

    /** For those who get tokens, so that the authority is asked for its keys by one in a process. */
    AuthorityTokens tokens() {
        return tokens;
    }

    /** Distinguishes people, services and ID tokens; the last have neither a scope nor {@code idtyp}. */
    private Caller caller(Claims claims) throws Rejection {
        String client = claims.require("azp");
        if (tokens.settings().allowedClients().stream().map(UUID::toString).noneMatch(client::equals)) {
            throw new Rejection("azp may not call us");
        }
        claims.require("sub");
        Set<Role> roles = roles(claims);
        Optional<String> scopes = claims.find("scp");
        boolean application = claims.find("idtyp").filter("app"::equals).isPresent();
        if (application == scopes.isPresent()) {
            throw new Rejection("neither, or both, a user's and an application's access token");
        }
        if (application) {
            return new Caller.Service(client, roles);
        }
        boolean delegated = List.of(scopes.orElseThrow().split(" ")).contains(ACCESS_AS_USER);
        CustomerId id = claims.requirePerson();
        return new Caller.Person(id, claims.find("name").orElse(id.toString()), delegated, roles);
    }

    private static Set<Role> roles(Claims claims) {
        Set<String> names = claims.texts("roles");
        return Arrays.stream(Role.values())
                .filter(role -> names.contains(role.published()))
                .collect(Collectors.toUnmodifiableSet());
    }
}
