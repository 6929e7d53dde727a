package dev.hexmart.adapter.entra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.identity.TokenVerifier.Verification;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose tokens are accepted comes from the authority's metadata, and can only be the configured tenant. */
class AuthorityIssuerTest {

    private final TestAuthority workforce = new TestAuthority();
    private final TestAuthority external = TestAuthority.external();

    @AfterEach
    void stop() {
        workforce.close();
        external.close();
    }

    @Test
    void tokensOfTheIssuerThatTheMetadataNamesAreAccepted() {
        for (TestAuthority authority : List.of(workforce, external)) {
            try (EntraTokenVerifier verifier = start(authority)) {
                assertThat(verdict(verifier, authority, authority.issuer())).isInstanceOf(Verification.Accepted.class);
            }
        }
    }

    @Test
    void tokensOfTheOtherKindOfTenantAreRejected() {
        try (EntraTokenVerifier verifier = start(workforce)) {
            assertThat(verdict(verifier, workforce, workforce.externalIssuer()))
                    .isEqualTo(new Verification.Rejected("wrong iss"));
        }
        try (EntraTokenVerifier verifier = start(external)) {
            assertThat(verdict(verifier, external, external.workforceIssuer()))
                    .isEqualTo(new Verification.Rejected("wrong iss"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"issuer\":\"https://login.example.com/11111111-1111-1111-1111-111111111111/v2.0\"}",
                "{\"issuer\":\"https://login.microsoftonline.com/99999999-9999-9999-9999-999999999999/v2.0\"}",
                "{\"issuer\":\"https://99999999-9999-9999-9999-999999999999.ciamlogin.com/99999999-9999-9999-9999-999999999999/v2.0\"}",
                "{\"issuer\":\"https://11111111-1111-1111-1111-111111111111.example.com/11111111-1111-1111-1111-111111111111/v2.0\"}",
                "{\"issuer\":\"https://login.microsoftonline.com/{tenantid}/v2.0\"}",
                "{\"issuer\":\"\"}",
                "{\"issuer\":7}",
                "{\"issuer\":[]}",
                "{}",
                "[]",
                "no JSON",
                ""
            })
    void metadataWithoutThisTenantsIssuerOpensNothing(String metadata) {
        workforce.answerMetadata(200, metadata);
        try (EntraTokenVerifier verifier = start(workforce)) {
            assertThatThrownBy(() -> verdict(verifier, workforce, workforce.issuer()))
                    .isInstanceOf(TemporaryFailure.class);
            assertThat(verifier.isReady()).isFalse();
        }
    }

    @Test
    void anAuthorityThatFailsAfterTheFirstAnswerChangesNothing() {
        try (EntraTokenVerifier verifier = start(external)) {
            await().until(verifier::isReady);

            external.close();

            assertThat(verdict(verifier, external, external.issuer())).isInstanceOf(Verification.Accepted.class);
            assertThat(verifier.isReady()).isTrue();
        }
    }

    @Test
    void aStartWithoutTheAuthorityBecomesReadyByItselfWhenItAnswers() {
        external.answerMetadata(503, "");
        try (EntraTokenVerifier verifier = EntraTokenVerifier.start(external.settings(), InstantSource.system())) {
            await().until(() -> external.metadataFetches() > 0);
            assertThat(verifier.isReady()).isFalse();

            external.answerMetadata(200, "{\"issuer\":\"%s\"}".formatted(external.issuer()));

            await().atMost(Duration.ofSeconds(20)).until(verifier::isReady);
        }
    }

    @Test
    void theMetadataIsReadOnce() {
        try (EntraTokenVerifier verifier = start(workforce)) {
            await().until(verifier::isReady);
            for (int i = 0; i < 3; i++) {
                verifier.verify(token(workforce, workforce.issuer())
                        .header("kid", "unknown-" + i)
                        .toString());
            }

            assertThat(workforce.fetches()).isGreaterThan(1);
            assertThat(workforce.metadataFetches()).isEqualTo(1);
        }
    }

    private static EntraTokenVerifier start(TestAuthority authority) {
        return EntraTokenVerifier.start(authority.settings(), InstantSource.system());
    }

    private static Verification verdict(EntraTokenVerifier verifier, TestAuthority authority, String issuer) {
        return verifier.verify(token(authority, issuer).toString());
    }

    private static Token token(TestAuthority authority, String issuer) {
        return Token.good(authority, Instant.now()).claim("iss", issuer);
    }
}
