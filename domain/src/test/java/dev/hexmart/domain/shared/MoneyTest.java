package dev.hexmart.domain.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyTest {

    private static final Money KETTLE = Money.of(1999, "EUR");

    @Test
    void amountsOfOneCurrencyAddUp() {
        assertThat(KETTLE.plus(Money.of(1, "EUR"))).isEqualTo(Money.of(2000, "EUR"));
        assertThat(KETTLE.plus(Money.zero(Currency.of("EUR")))).isEqualTo(KETTLE);
    }

    @Test
    void anAmountIsMultipliedByAQuantity() {
        assertThat(KETTLE.times(Quantity.of(3))).isEqualTo(Money.of(5997, "EUR"));
    }

    @Test
    void twoCurrenciesCanNeitherBeAddedNorCompared() {
        Money yen = Money.of(1999, "JPY");
        assertThat(yen).isNotEqualTo(KETTLE);
        assertThatIllegalArgumentException().isThrownBy(() -> KETTLE.plus(yen)).withMessageContaining("JPY");
        assertThatIllegalArgumentException().isThrownBy(() -> KETTLE.compareTo(yen));
    }

    @Test
    void amountsOfOneCurrencyAreOrdered() {
        assertThat(KETTLE).isLessThan(Money.of(2000, "EUR")).isGreaterThan(Money.of(1998, "EUR"));
        assertThat(KETTLE.compareTo(Money.of(1999, "EUR"))).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, Money.MAX_AMOUNT})
    void anAmountIsFromNothingToTheMaximum(long amount) {
        assertThat(Money.of(amount, "EUR").amount()).isEqualTo(amount);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Money.MAX_AMOUNT + 1, Long.MIN_VALUE, Long.MAX_VALUE})
    void anAmountBeyondThatIsRefused(long amount) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Money.of(amount, "EUR"))
                .withMessageContaining(String.valueOf(amount));
    }

    @Test
    void overflowIsRefused() {
        Money most = Money.of(Money.MAX_AMOUNT, "EUR");
        assertThatIllegalArgumentException().isThrownBy(() -> most.plus(Money.of(1, "EUR")));
        assertThatThrownBy(() -> most.times(Quantity.of(Quantity.MAX))).isInstanceOf(ArithmeticException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "eur", "EURO", "XYZ"})
    void invalidCurrencyCodeIsRefused(String code) {
        assertThatIllegalArgumentException().isThrownBy(() -> Money.of(1, code));
    }
}
