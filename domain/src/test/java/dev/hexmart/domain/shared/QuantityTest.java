package dev.hexmart.domain.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, Quantity.MAX})
    void aQuantityIsFromOneToTheMaximum(int value) {
        assertThat(Quantity.of(value).value()).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Quantity.MAX + 1, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void aQuantityBeyondThatIsRefused(int value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Quantity.of(value))
                .withMessageContaining(String.valueOf(value));
    }

    @Test
    void quantitiesAreOrdered() {
        assertThat(Quantity.of(2)).isGreaterThan(Quantity.of(1)).isLessThan(Quantity.of(3));
    }
}
