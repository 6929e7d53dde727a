package dev.hexmart.domain.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaymentMethodTest {

    private static final String LONGEST = "a234567890123456789012345678901234567890123456789012345678901234";

    @ParameterizedTest
    @ValueSource(strings = {"card-ok", "x", "4242", LONGEST})
    void aTokenIsAMethod(String token) {
        assertThat(new PaymentMethod(token)).hasToString(token);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "-card", "Card", "card ok", "card_ok", "card\n", "kärtchen", LONGEST + "5"})
    void anythingElseIsRefused(String token) {
        assertThatIllegalArgumentException().isThrownBy(() -> new PaymentMethod(token));
    }
}
