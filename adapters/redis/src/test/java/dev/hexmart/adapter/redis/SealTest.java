package dev.hexmart.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealTest {

    private final Seal seal = Seal.derivedFrom("a secret");

    @Test
    void whatIsClosedCanBeOpenedByWhoeverKnowsTheSecret() {
        assertThat(Seal.derivedFrom("a secret").open(seal.close("tökens", "here"), "here"))
                .contains("tökens");
    }

    @Test
    void theSameContentNeverLooksTheSame() {
        assertThat(seal.close("tokens", "here")).isNotEqualTo(seal.close("tokens", "here"));
    }

    @Test
    void itCanBeOpenedNowhereElseAndByNobodyElse() {
        String closed = seal.close("tokens", "here");
        assertThat(seal.open(closed, "there")).isEmpty();
        assertThat(Seal.derivedFrom("another").open(closed, "here")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1:", "1:AAAA", "1:!!!", "2:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "tokens"})
    void whatIsDamagedOpensNothing(String damaged) {
        assertThat(seal.open(damaged, "here")).isEmpty();
    }
}
