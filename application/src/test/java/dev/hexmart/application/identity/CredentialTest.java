package dev.hexmart.application.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CredentialTest {

    @Test
    void aCredentialDoesNotTellItsToken() {
        assertThat(new Credential("secret")).asString().doesNotContain("secret");
    }

    @Test
    void aCallerMayWhatItsRolesSay() {
        assertThat(Callers.employee().may(Role.ORDERS_MANAGE)).isTrue();
        assertThat(Callers.customer(Callers.newCustomerId()).may(Role.ORDERS_MANAGE))
                .isFalse();
        assertThat(Callers.service().may(Role.CATALOG_MANAGE)).isFalse();
    }
}
