package dev.hexmart.tools.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.adapter.entra.TestAuthority;
import dev.hexmart.adapter.entra.Token;
import dev.hexmart.tools.identity.Directory;
import dev.hexmart.tools.identity.IdentityProvider;
import dev.hexmart.tools.identity.IdentityProviderSettings;
import dev.hexmart.tools.identity.TenantKind;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every line says what is wrong and what to do, and none tells the secret. */
class EntraDoctorTest {

    private static final String SECRET = "p4ssw0rd-0f-0urs";
    private static final String SOMETHING_ELSE = "99999999-9999-9999-9999-999999999999";

    /** Made once: on a busy machine a key takes longer than the authority is waited for. */
    @TempDir
    private static Path keys;

    private static IdentityProvider provider;

    private final List<String> lines = new ArrayList<>();

    @BeforeAll
    static void startProvider() {
        provider = IdentityProvider.start(IdentityProviderSettings.local()
                .withPort(0)
                .withDataFolder(keys)
                .withDirectory(Directory.local(SECRET)));
    }

    @AfterAll
    static void stopProvider() {
        provider.close();
    }

    @Test
    void validConfigurationPassesEveryCheck() {
        assertThat(examine(good())).isTrue();

        assertThat(lines).filteredOn(line -> line.startsWith("ok ")).hasSize(8);
        assertThat(lines)
                .noneMatch(line -> line.startsWith("WRONG"))
                .anyMatch(line -> line.contains("http://localhost:8080/callback"))
                .contains("ok       the services take the app's token, with the roles [CATALOG_MANAGE, ORDERS_MANAGE]");
    }

    @Test
    void theRedirectUriIsToldAsTheGatewayHasIt() {
        examine(with("PUBLIC_URL", "https://shop.example"));

        assertThat(lines).anyMatch(line -> line.contains(" https://shop.example/callback has to be"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ENTRA_TENANT_ID     | ''                                   | not set | Directory (tenant) ID",
                "ENTRA_TENANT_ID     | contoso.onmicrosoft.com              | no GUID | Directory (tenant) ID",
                "ENTRA_TENANT_ID     | 1-1-1-1-1                            | no GUID | Directory (tenant) ID",
                "ENTRA_CLIENT_ID     | ' '                                  | not set | Application (client) ID",
                "ENTRA_CLIENT_ID     | my shop                              | no GUID | Application (client) ID",
                "ENTRA_CLIENT_SECRET | ''                                   | not set | Certificates & secrets",
                "ENTRA_CLIENT_SECRET | 33333333-3333-3333-3333-333333333333 | GUID    | the secret's value",
                "ENTRA_AUTHORITY     | http://login.example.com             | no auth | unset it",
                "ENTRA_AUTHORITY     | https://login.example.com/common     | no auth | unset it",
                "ENTRA_AUTHORITY     | %%%                                  | no auth | unset it",
            })
    void aVariableOfTheWrongFormIsNamedAndNobodyIsAsked(String variable, String value, String problem, String advice) {
        assertThat(examine(with(variable, value))).isFalse();

        assertThat(wrongLines()).singleElement().asString().contains(variable, problem, advice);
        assertThat(lines).anyMatch(line -> line.contains("when these are mended"));
    }

    @Test
    void everyVariableThatIsMissingIsNamedAtOnce() {
        assertThat(examine(Map.of())).isFalse();

        assertThat(wrongLines()).hasSize(3);
        assertThat(lines).contains("ok       ENTRA_AUTHORITY is https://login.microsoftonline.com");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ENTRA_TENANT_ID     | " + SOMETHING_ELSE + " | AADSTS90002   | set ENTRA_TENANT_ID",
                "ENTRA_CLIENT_ID     | " + SOMETHING_ELSE + " | AADSTS700016  | set ENTRA_CLIENT_ID",
                "ENTRA_CLIENT_SECRET | another secret         | AADSTS7000215 | set ENTRA_CLIENT_SECRET",
            })
    void aSettingThatTheTenantDoesNotTakeIsNamedWithItsCode(String variable, String value, String code, String advice) {
        assertThat(examine(with(variable, value))).isFalse();

        assertThat(wrongLines()).singleElement().asString().contains(code, advice);
    }

    @Test
    void anAuthorityThatIsNotThereIsSaidToBe() {
        assertThat(examine(with("ENTRA_AUTHORITY", "http://localhost:1"))).isFalse();

        assertThat(wrongLines()).singleElement().asString().contains("metadata cannot be had", "check ENTRA_AUTHORITY");
    }

    @Test
    void aTenantOfExternalIdIsRecognisedByItsIssuer() {
        try (IdentityProvider external = IdentityProvider.start(IdentityProviderSettings.local()
                .withPort(0)
                .withKind(TenantKind.EXTERNAL)
                .withDataFolder(keys)
                .withDirectory(Directory.local(SECRET)))) {
            assertThat(examine(with("ENTRA_AUTHORITY", external.authority().toString())))
                    .isTrue();

            assertThat(lines)
                    .contains(
                            "ok       the tenant is one of Entra External ID, and its issuer is http://%s.localhost:%d/%s/v2.0"
                                    .formatted(Directory.TENANT_ID, external.port(), Directory.TENANT_ID))
                    .contains(
                            "ok       the services take the app's token, with the roles [CATALOG_MANAGE, ORDERS_MANAGE]");
        }
    }

    @Test
    void metadataThatNamesAStrangersIssuerIsReported() {
        try (TestAuthority authority = new TestAuthority()) {
            authority.answerMetadata(200, "{\"issuer\":\"https://login.example.com/x/v2.0\"}");

            assertThat(examine(settingsFor(authority))).isFalse();

            assertThat(wrongLines())
                    .singleElement()
                    .asString()
                    .contains("https://login.example.com/x/v2.0", authority.externalIssuer(), "ENTRA_TENANT_ID");
        }
    }

    @Test
    void anExternalTenantAskedAtAWorkforceAuthorityIsToldItsOwn() {
        try (TestAuthority authority = new TestAuthority()) {
            Token token = Token.good(authority, Instant.now())
                    .withoutClaim("scp")
                    .claim("idtyp", "app")
                    .claim(
                            "iss",
                            "https://%s.ciamlogin.com/%s/v2.0".formatted(TestAuthority.TENANT, TestAuthority.TENANT));
            authority.answerTokens(200, "{\"access_token\":\"%s\"}".formatted(token));

            assertThat(examine(settingsFor(authority))).isFalse();

            assertThat(wrongLines())
                    .singleElement()
                    .asString()
                    .contains("wrong iss", "ENTRA_AUTHORITY to https://<name>.ciamlogin.com");
        }
    }

    @Test
    void anAuthorityByAnotherNameIsNotTheIssuer() {
        URI same = URI.create("http://127.0.0.1:" + provider.port());

        assertThat(examine(with("ENTRA_AUTHORITY", same.toString()))).isFalse();

        assertThat(wrongLines())
                .singleElement()
                .asString()
                .contains("are issued by " + provider.authority(), "not by ", same + "/" + Directory.TENANT_ID);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7000222 | add one under Certificates & secrets",
                "500011  | no enterprise application",
                "501051  | Assignment required",
                "53003   | https://login.microsoftonline.com/error?code=53003"
            })
    void aRefusalThatTheLocalProviderDoesNotKnowIsNamedToo(String code, String advice) {
        try (TestAuthority authority = new TestAuthority()) {
            authority.answerTokens(401, "{\"error_description\":\"AADSTS%s: %s\"}".formatted(code, SECRET));

            assertThat(examine(settingsFor(authority))).isFalse();

            assertThat(wrongLines()).singleElement().asString().contains("AADSTS" + code, advice);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ver   | 1.0          | wrong ver | requestedAccessTokenVersion to 2",
                "aud   | api://x      | wrong aud | docs/entra.md",
                "idtyp | user         | neither   | optional claim idtyp",
                "azp   | another-one  | azp       | docs/entra.md"
            })
    void aTokenThatTheServicesWouldNotTakeIsSaidToBe(String claim, String value, String reason, String advice) {
        try (TestAuthority authority = new TestAuthority()) {
            Token token = Token.good(authority, Instant.now())
                    .withoutClaim("scp")
                    .claim("idtyp", "app")
                    .claim(claim, value);
            authority.answerTokens(200, "{\"access_token\":\"%s\"}".formatted(token));

            assertThat(examine(settingsFor(authority))).isFalse();

            assertThat(wrongLines()).singleElement().asString().contains(reason, advice);
        }
    }

    @Test
    void keysThatAreTooShortAreNone() {
        try (TestAuthority authority = new TestAuthority()) {
            authority.publish(TestAuthority.generate("short", 1024));

            assertThat(examine(settingsFor(authority))).isFalse();

            assertThat(wrongLines()).singleElement().asString().contains("no RSA key of 2048 bits or more");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no JSON", "[]", "{}"})
    void anAnswerThatIsNoneIsSaidToBe(String body) {
        try (TestAuthority authority = new TestAuthority()) {
            authority.answerTokens(200, body);

            assertThat(examine(settingsFor(authority))).isFalse();

            assertThat(wrongLines()).hasSize(1);
        }
    }

    private boolean examine(Map<String, String> environment) {
        boolean healthy = EntraDoctor.examine(environment, lines::add);
        assertThat(lines).noneMatch(line -> line.contains(SECRET));
        return healthy;
    }

    private List<String> wrongLines() {
        return lines.stream().filter(line -> line.startsWith("WRONG ")).toList();
    }

    private static Map<String, String> good() {
        return Map.of(
                "ENTRA_TENANT_ID", Directory.TENANT_ID.toString(),
                "ENTRA_CLIENT_ID", Directory.CLIENT_ID.toString(),
                "ENTRA_CLIENT_SECRET", SECRET,
                "ENTRA_AUTHORITY", provider.authority().toString());
    }

    private static Map<String, String> settingsFor(TestAuthority authority) {
        return with("ENTRA_AUTHORITY", authority.authority().toString());
    }

    private static Map<String, String> with(String variable, String value) {
        Map<String, String> changed = new HashMap<>(good());
        changed.put(variable, value);
        return changed;
    }
}
