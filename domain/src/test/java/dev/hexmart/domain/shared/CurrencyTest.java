package dev.hexmart.domain.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hexmart.domain.shared.Currency.Standing;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CurrencyTest {

    @ParameterizedTest
    @CsvSource({
        "EUR,2,IN_USE",
        "HUF,2,IN_USE",
        "IDR,2,IN_USE",
        "COP,2,IN_USE",
        "JPY,0,IN_USE",
        "VND,0,IN_USE",
        "KWD,3,IN_USE",
        "CLF,4,IN_USE",
        "UYW,4,IN_USE",
        "XCG,2,IN_USE",
        "ZWG,2,IN_USE",
        "XOF,0,IN_USE",
        "BGN,2,WITHDRAWN",
        "HRK,2,WITHDRAWN",
        "DEM,2,WITHDRAWN",
        "ITL,0,WITHDRAWN",
        "ANG,2,WITHDRAWN",
        "XXX,0,WITHOUT_MINOR_UNIT",
        "XTS,0,WITHOUT_MINOR_UNIT",
        "XAU,0,WITHOUT_MINOR_UNIT",
        "XDR,0,WITHOUT_MINOR_UNIT"
    })
    void wellKnownCodesHaveTheirMinorUnitsAndStanding(String code, int minorUnits, Standing standing) {
        assertThat(Currency.of(code).minorUnits()).isEqualTo(minorUnits);
        assertThat(Currency.of(code).standing()).isEqualTo(standing);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "eur", "Eur", "EURO", "XYZ", "EU", " EUR", "EUR "})
    void unknownCodesAreRefused(String code) {
        assertThatIllegalArgumentException().isThrownBy(() -> Currency.of(code)).withMessageContaining("ISO 4217");
    }

    @Test
    void theTableHasThreeLettersPerCodeAndTheListsNumberOfCodes() {
        assertThat(Iso4217.ENTRIES.keySet()).allMatch(code -> code.matches("[A-Z]{3}"));
        assertThat(Iso4217.ENTRIES.values()).allMatch(entry -> entry.minorUnits() >= 0 && entry.minorUnits() <= 4);
        assertThat(Iso4217.ENTRIES.values().stream()
                        .collect(Collectors.groupingBy(Iso4217.Entry::standing, Collectors.counting())))
                .containsEntry(Standing.IN_USE, 165L)
                .containsEntry(Standing.WITHDRAWN, 54L)
                .containsEntry(Standing.WITHOUT_MINOR_UNIT, 15L);
    }

    /** A JDK that knows more is a sign of an amendment that the table lacks. */
    @Test
    void theTableKnowsEveryCodeOfTheJdkWithTheSameMinorUnits() {
        assertThat(java.util.Currency.getAvailableCurrencies())
                .allSatisfy(
                        known -> assertThat(Currency.of(known.getCurrencyCode()).minorUnits())
                                .isEqualTo(Math.max(0, known.getDefaultFractionDigits())));
    }

    @Test
    void currenciesAreOrderedByCode() {
        assertThat(Arrays.stream(new String[] {"KWD", "EUR", "JPY"})
                        .map(Currency::of)
                        .sorted())
                .containsExactly(Currency.of("EUR"), Currency.of("JPY"), Currency.of("KWD"));
    }

    @ParameterizedTest
    @CsvSource({"JPY,1", "EUR,100", "KWD,1000", "UYW,10000"})
    void oneUnitIsAPowerOfTenOfMinorUnits(String code, long minorUnits) {
        assertThat(Currency.of(code).minorUnitsInOne()).isEqualTo(minorUnits);
    }
}
