package dev.hexmart.bootstrap.platform.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.bootstrap.platform.process.ConfigurationError;
import dev.hexmart.bootstrap.platform.process.Environment;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CurrenciesVariableTest {

    @Test
    void theShopSellsInEurosUnlessTold() {
        assertThat(CurrenciesVariable.read(new Environment(Map.of()))).hasToString("EUR");
        assertThat(CurrenciesVariable.read(new Environment(Map.of("CURRENCIES", "JPY,UYW"))))
                .hasToString("JPY, UYW");
    }

    @ParameterizedTest
    @ValueSource(strings = {"XYZ", "BGN", "HRK", "DEM", "XXX", "XTS", "XAU"})
    void unknownWithdrawnAndPseudoCodesStopTheService(String code) {
        Environment environment = new Environment(Map.of("CURRENCIES", "EUR," + code));
        assertThatThrownBy(() -> CurrenciesVariable.read(environment))
                .isInstanceOf(ConfigurationError.class)
                .hasMessageContaining("CURRENCIES")
                .hasMessageContaining(code);
    }
}
