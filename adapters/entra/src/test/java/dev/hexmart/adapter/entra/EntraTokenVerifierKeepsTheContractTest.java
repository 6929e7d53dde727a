package dev.hexmart.adapter.entra;

import dev.hexmart.application.identity.Caller;
import dev.hexmart.application.identity.Role;
import dev.hexmart.application.identity.TokenVerifier;
import dev.hexmart.application.identity.TokenVerifierContract;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;

class EntraTokenVerifierKeepsTheContractTest extends TokenVerifierContract {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private final TestAuthority authority = start();
    private final List<EntraTokenVerifier> verifiers = new ArrayList<>();

    TestAuthority start() {
        return new TestAuthority();
    }

    @AfterEach
    void close() {
        verifiers.forEach(EntraTokenVerifier::close);
        authority.close();
    }

    @Override
    protected TokenVerifier verifier() {
        EntraSettings settings = authority.settings();
        UUID aServicesClient = UUID.fromString("33333333-3333-3333-3333-333333333333");
        EntraTokenVerifier verifier = EntraTokenVerifier.start(
                new EntraSettings(
                        settings.authority(),
                        settings.tenantId(),
                        settings.clientId(),
                        Set.of(TestAuthority.CLIENT, aServicesClient),
                        settings.keyRefreshInterval(),
                        settings.unknownKeyInterval()),
                InstantSource.fixed(NOW));
        verifiers.add(verifier);
        return verifier;
    }

    @Override
    protected String tokenOf(Caller caller) {
        return token(caller).toString();
    }

    @Override
    protected String expiredTokenOf(Caller caller) {
        return token(caller)
                .claim("exp", NOW.minusSeconds(120).getEpochSecond())
                .toString();
    }

    @Override
    protected String misdirectedTokenOf(Caller caller) {
        return token(caller)
                .claim("aud", "00000003-0000-0000-c000-000000000000")
                .toString();
    }

    @Override
    protected String forgedTokenOf(Caller caller) {
        return token(caller).signedBy(TestAuthority.ANOTHER_KEY).toString();
    }

    @Override
    protected void breakAuthority() {
        authority.close();
    }

    private Token token(Caller caller) {
        Token good = Token.good(authority, NOW)
                .claim(
                        "roles",
                        caller.roles().stream()
                                .map(EntraTokenVerifierKeepsTheContractTest::name)
                                .toList());
        return switch (caller) {
            case Caller.Person person ->
                good.claim("tid", person.id().tenant().toString())
                        .claim("oid", person.id().object().toString())
                        .claim("name", person.displayName())
                        .claim("scp", person.delegated() ? "access_as_user" : "something_else");
            case Caller.Service service ->
                good.withoutClaim("scp").claim("idtyp", "app").claim("azp", service.clientId());
        };
    }

    private static String name(Role role) {
        return switch (role) {
            case CATALOG_MANAGE -> "Catalog.Manage";
            case ORDERS_MANAGE -> "Orders.Manage";
        };
    }
}
