package dev.hexmart.bootstrap.platform.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RandomSecretsTest {

    @Test
    void secretsAreLongPlainAndNeverTheSame() {
        assertThat(Stream.generate(new RandomSecrets()).limit(1_000))
                .doesNotHaveDuplicates()
                .allMatch(secret -> secret.matches("[A-Za-z0-9_-]{43}"));
    }
}
