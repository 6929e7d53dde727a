package dev.hexmart.domain.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CartVersionTest {

    private static final String LONGEST =
            "0123456789abcdef.1230123456789abcdef.1230123456789abcdef.123" + "0123456789abcdef.1230123456789abcdef.123";

    @ParameterizedTest
    @ValueSource(strings = {"0", "6f1c.a0", LONGEST})
    void digitsAndDotsAreAVersion(String value) {
        assertThat(new CartVersion(value)).hasToString(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\"0\"", "A", "g", "0 1", "0\n", LONGEST + "0"})
    void anythingElseIsRefused(String value) {
        assertThatIllegalArgumentException().isThrownBy(() -> new CartVersion(value));
    }
}
