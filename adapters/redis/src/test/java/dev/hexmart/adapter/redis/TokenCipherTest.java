package dev.hexmart.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenCipherTest {

    private final TokenCipher cipher = TokenCipher.derivedFrom("a secret");

    @Test
    void encryptedTextIsDecryptedWithTheSameSecret() {
        assertThat(TokenCipher.derivedFrom("a secret").decrypt(cipher.encrypt("tökens", "here"), "here"))
                .contains("tökens");
    }

    @Test
    void theSameContentNeverLooksTheSame() {
        assertThat(cipher.encrypt("tokens", "here")).isNotEqualTo(cipher.encrypt("tokens", "here"));
    }

    @Test
    void decryptionFailsInAnotherContextOrWithAnotherSecret() {
        String encrypted = cipher.encrypt("tokens", "here");
        assertThat(cipher.decrypt(encrypted, "there")).isEmpty();
        assertThat(TokenCipher.derivedFrom("another").decrypt(encrypted, "here"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1:", "1:AAAA", "1:!!!", "2:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "tokens"})
    void tamperedTextIsRejected(String damaged) {
        assertThat(cipher.decrypt(damaged, "here")).isEmpty();
    }
}
