package dev.hexmart.application.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrowserSecretTest {

    @Test
    void base64UrlOf256BitsIsTaken() {
        String secret = "abcdefghijklmnopqrstuvwxyzABCXYZ0123456789-_".substring(1);
        assertThat(new SessionId(secret).value()).isEqualTo(secret);
        assertThat(new BrowserBinding(secret).value()).isEqualTo(secret);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "made-up",
                "abcdefghijklmnopqrstuvwxyzABCXYZ0123456789",
                "abcdefghijklmnopqrstuvwxyzABCXYZ0123456789-_",
                "abcdefghijklmnopqrstuvwxyzABCXYZ012345678+_",
                "abcdefghijklmnopqrstuvwxyzABCXYZ012345678 _",
                "abcdefghijklmnopqrstuvwxyzABCXYZ012345678\n_",
                "abcdefghijklmnopqrstuvwxyzABCXYZ012345678ü_"
            })
    void anythingElseIsRefusedWithoutBeingRepeated(String text) {
        for (Runnable made : new Runnable[] {() -> new SessionId(text), () -> new BrowserBinding(text)}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(made::run)
                    .withMessage("A browser's secret is 43 of A-Z, a-z, 0-9, - and _");
        }
    }
}
