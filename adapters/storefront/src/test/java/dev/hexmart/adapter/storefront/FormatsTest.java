package dev.hexmart.adapter.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.domain.shared.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormatsTest {

    /** An underscore stands for a no-break space. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "en-US;EUR;123456;€1,234.56",
                "en-US;USD;123456;$1,234.56",
                "en-US;JPY;1234;¥1,234",
                "en-US;CAD;123456;CA$1,234.56",
                "en-GB;KWD;1234567;KWD_1,234.567",
                "en-GB;HUF;1234567;HUF_12,345.67",
                "en-GB;CLF;12345678;CLF_1,234.5678",
                "en-GB;UYW;12345678;UYW_1,234.5678",
                "en-GB;XCG;1234;Cg._12.34",
                "en-GB;BGN;1234;BGN_12.34",
                "en-GB;XXX;1234;XXX_1,234",
                "en-IN;INR;1234567890;₹12,345,678.90",
                "en;EUR;5;€0.05",
                "de-DE;EUR;123456;1.234,56_€",
                "de-DE;KWD;1234567;1.234,567_KWD",
                "de-CH;CHF;123456;CHF_1’234.56",
                "nl-NL;EUR;123456;€_1.234,56",
                "pt-BR;BRL;123456;R$1,234.56",
                "ar-EG;EUR;123456;€1,234.56",
                "ja-JP;JPY;123456;¥123,456"
            })
    void anAmountIsWrittenAsEnglishIsInTheReadersCountry(String language, String code, long amount, String text) {
        assertThat(new Formats(Locale.forLanguageTag(language)).money(Money.of(amount, code)))
                .isEqualTo(text.replace('_', '\u00a0'));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ar-EG", "fa-IR", "bn-BD", "mr-IN", "ne-NP", "my-MM", "th-TH-u-nu-thai", "he-IL", "ur-PK"})
    void digitsAndMarksAreThoseOfAnEnglishPage(String language) {
        Formats formats = new Formats(Locale.forLanguageTag(language));
        assertReadable(formats.money(Money.of(1234567, "EUR")));
        assertReadable(formats.time(Instant.parse("2026-03-02T12:34:00Z")));
        assertReadable(formats.duration(Duration.ofMillis(1234)));
    }

    /** Whatever the country: no letter beside a digit, no other digits than Latin ones, no marks of direction. */
    @Test
    void everyCountrysAmountsAreReadable() {
        Arrays.stream(Locale.getAvailableLocales())
                .map(Formats::new)
                .forEach(formats -> Arrays.asList("EUR", "KWD", "UYW", "XCG", "JPY")
                        .forEach(code -> assertReadable(formats.money(Money.of(1234567, code)))));
    }

    private static void assertReadable(String text) {
        assertThat(text)
                .doesNotContainPattern("\\p{Cf}")
                .doesNotContainPattern("[\\p{Nd}&&[^0-9]]")
                .doesNotContainPattern("\\p{L}\\p{Nd}|\\p{Nd}[\\p{L}&&[^s]]")
                .doesNotContainPattern("[\\p{L}&&[^\\p{IsLatin}]]");
    }
}
