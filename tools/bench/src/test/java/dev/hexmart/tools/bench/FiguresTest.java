package dev.hexmart.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0.0004 | 0", "0.1234 | 0.123", "1.234 | 1.23", "12.34 | 12.3", "123.4 | 123", "12345.6 | 12,346"})
    void numberHasThreeDigitsOrIsWhole(double value, String printed) {
        assertThat(Figures.number(value)).isEqualTo(printed);
    }

    @Test
    void numberThatWasNotMeasuredIsADash() {
        assertThat(Figures.number(Optional.empty())).isEqualTo("–");
    }
}
