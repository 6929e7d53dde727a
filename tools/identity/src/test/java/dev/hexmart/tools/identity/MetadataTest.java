package dev.hexmart.tools.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.tools.identity.keys.Base64Url;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataTest {

    private static IdentityProvider provider;
    private static Visitor visitor;

    @BeforeAll
    static void start() {
        provider = IdentityProvider.start(IdentityProviderSettings.local().withPort(0));
        visitor = new Visitor(provider);
    }

    @AfterAll
    static void stop() {
        visitor.close();
        provider.close();
    }

    @Test
    void theMetadataNamesTheIssuerAndEveryEndpointBelowTheAuthority() {
        JsonObject metadata = Visitor.json(visitor.get(Visitor.METADATA).body());

        String authority = "http://localhost:" + provider.port();
        assertThat(provider.authority()).isEqualTo(URI.create(authority));
        assertThat(metadata.getString("issuer")).isEqualTo(authority + "/" + Directory.TENANT_ID + "/v2.0");
        assertThat(metadata.getString("authorization_endpoint")).isEqualTo(authority + Visitor.SIGN_IN);
        assertThat(metadata.getString("token_endpoint")).isEqualTo(authority + Visitor.TOKEN);
        assertThat(metadata.getString("end_session_endpoint")).isEqualTo(authority + Visitor.SIGN_OUT);
        assertThat(metadata.getString("jwks_uri")).isEqualTo(authority + Visitor.KEYS);
    }

    @Test
    void anExternalTenantsIssuerHasItsIdInTheHost() {
        try (IdentityProvider external = IdentityProvider.start(
                        IdentityProviderSettings.local().withPort(0).withKind(TenantKind.EXTERNAL));
                Visitor customer = new Visitor(external)) {
            JsonObject metadata = Visitor.json(customer.get(Visitor.METADATA).body());

            String authority = "localhost:" + external.port();
            assertThat(metadata.getString("issuer"))
                    .isEqualTo("http://%s.%s/%s/v2.0".formatted(Directory.TENANT_ID, authority, Directory.TENANT_ID));
            assertThat(metadata.getString("token_endpoint")).isEqualTo("http://" + authority + Visitor.TOKEN);
        }
    }

    @Test
    void theKeysArePublishedWithoutTheirPrivateParts() {
        HttpResponse<String> response = visitor.get(Visitor.KEYS);

        JsonObject key = Visitor.json(response.body()).getJsonArray("keys").getJsonObject(0);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json; charset=utf-8");
        assertThat(key.keySet()).containsExactlyInAnyOrder("kty", "use", "kid", "n", "e", "issuer");
        assertThat(Base64Url.decode(key.getString("n"))).hasSize(256);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health/live", "/health/ready"})
    void healthEndpointAnswersUp(String path) {
        assertThat(visitor.get(path).body()).isEqualTo("{\"status\":\"UP\"}");
    }

    @Test
    void anUnknownTenantIsRefusedByName() {
        HttpResponse<String> response =
                visitor.get("/99999999-9999-9999-9999-999999999999/v2.0/.well-known/openid-configuration");

        JsonObject error = Visitor.json(response.body());
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(error.getString("error")).isEqualTo("invalid_tenant");
        assertThat(error.getString("error_description"))
                .startsWith("AADSTS90002: Tenant '99999999-9999-9999-9999-999999999999' not found.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/nothing", "/health", "/11111111-1111-1111-1111-111111111111/v2.0/nothing"})
    void anUnknownPathIsNotFound(String path) {
        HttpResponse<String> response = visitor.get(path);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(Visitor.json(response.body()).getString("error")).isEqualTo("not_found");
    }

    @Test
    void anErrorHasEverythingThatClientsOfEntraIdRead() {
        JsonObject error = Visitor.json(visitor.get("/nothing").body());

        assertThat(error.getJsonArray("error_codes").getInt(0)).isEqualTo(90009);
        assertThat(error.getString("timestamp")).matches("\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2}Z");
        assertThat(List.of(error.getString("trace_id"), error.getString("correlation_id")))
                .allMatch(id -> error.getString("error_description").contains(id));
    }

    @Test
    void providerListensOnLoopbackOnly() throws IOException {
        // Where the wildcard address were bound, another loopback address could not be bound to the same port.
        try (ServerSocket other = new ServerSocket()) {
            other.bind(new InetSocketAddress("127.0.0.2", provider.port()));

            assertThat(other.isBound()).isTrue();
        }
    }
}
