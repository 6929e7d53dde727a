package dev.hexmart.application.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyKeyTest {

    @ParameterizedTest
    @ValueSource(strings = {"!", "~", "8e03978e-40d5-43e8-bc93-6894a57f9324", "\"quoted\""})
    void visibleAsciiCharactersAreAKey(String value) {
        assertThat(new IdempotencyKey(value).value()).isEqualTo(value);
        assertThat(new IdempotencyKey("x".repeat(255)).value()).hasSize(255);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\n", "\u007f", "ä", "\u0000"})
    void valueWithOtherCharactersOrTooLongIsRefused(String value) {
        assertThatIllegalArgumentException().isThrownBy(() -> new IdempotencyKey(value));
        assertThatIllegalArgumentException().isThrownBy(() -> new IdempotencyKey("x".repeat(256)));
    }

    @Test
    void fingerprintsAreEqualForEqualTextsOnly() {
        assertThat(Fingerprint.of("one kettle")).isEqualTo(Fingerprint.of("one kettle"));
        assertThat(Fingerprint.of("one kettle")).isNotEqualTo(Fingerprint.of("two kettles"));
        assertThat(Fingerprint.of("").sha256())
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }
}
