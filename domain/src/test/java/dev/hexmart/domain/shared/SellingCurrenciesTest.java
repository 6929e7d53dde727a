package dev.hexmart.domain.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SellingCurrenciesTest {

    @Test
    void currenciesInUseAreReadInTheirOrder() {
        SellingCurrencies currencies = SellingCurrencies.parse("KWD, EUR,UYW");
        assertThat(currencies).hasToString("KWD, EUR, UYW");
        assertThat(currencies.usual()).isEqualTo(Currency.of("KWD"));
        assertThat(currencies.contains(Currency.of("UYW"))).isTrue();
        assertThat(currencies.contains(Currency.of("USD"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "EUR,XYZ;XYZ is unknown",
                "BGN;BGN is withdrawn",
                "EUR,HRK;HRK is withdrawn",
                "DEM;DEM is withdrawn",
                "XXX;XXX is not money",
                "XTS;XTS is not money",
                "XAU;XAU is not money",
                "eur;three capital letters",
                "EUR,;three capital letters",
                "EUR,EUR;named twice"
            })
    void unknownWithdrawnAndPseudoCodesAreRefusedByName(String codes, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SellingCurrencies.parse(codes))
                .withMessageContaining(why);
    }
}
