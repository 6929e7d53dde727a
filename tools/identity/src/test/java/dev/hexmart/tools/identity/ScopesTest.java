package dev.hexmart.tools.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScopesTest {

    private static final UUID CLIENT = UUID.fromString("22222222-2222-2222-2222-222222222222");

    @ParameterizedTest
    @CsvSource({
        "openid profile, openid profile api://CLIENT/access_as_user",
        "api://CLIENT/.default, api://CLIENT/.default api://CLIENT/access_as_user",
        "CLIENT/.default, CLIENT/.default CLIENT/access_as_user",
        "access_as_user, access_as_user",
        "openid openid, openid api://CLIENT/access_as_user"
    })
    void permissionIsGrantedInTheSpellingOfTheRequest(String asked, String granted) {
        assertThat(Scopes.delegated(spelled(asked), CLIENT)).hasToString(spelled(granted));
    }

    @ParameterizedTest
    @ValueSource(strings = {"openid Mail.Read", "api://other/access_as_user", "ACCESS_AS_USER"})
    void unknownPermissionIsRefused(String asked) {
        assertThatThrownBy(() -> Scopes.delegated(asked, CLIENT))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.error()).isEqualTo("invalid_scope"));
    }

    @Test
    void applicationAsksForAllThatItWasGrantedAndNothingElse() {
        assertThatCode(() -> Scopes.requireDefault(spelled("openid api://CLIENT/.default offline_access"), CLIENT))
                .doesNotThrowAnyException();
        for (String asked : new String[] {"openid", "api://CLIENT/access_as_user", "CLIENT/.default CLIENT/.default"}) {
            assertThatThrownBy(() -> Scopes.requireDefault(spelled(asked), CLIENT))
                    .as(asked)
                    .isInstanceOf(Refusal.class);
        }
    }

    private static String spelled(String scope) {
        return scope.replace("CLIENT", CLIENT.toString());
    }
}
