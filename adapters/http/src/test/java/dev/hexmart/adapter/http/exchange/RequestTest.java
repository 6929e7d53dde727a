package dev.hexmart.adapter.http.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hexmart.adapter.http.problem.ProblemException;
import dev.hexmart.adapter.http.problem.ProblemType;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "search=a+b%20c         | a b c",
                "other=1&search=a=b     | a=b",
                "other=%&search=hat     | hat",
                "searching=no&search=%C3%A4 | ä",
            })
    void aParameterIsDecodedWhateverStandsBesideIt(String query, String expected) {
        assertThat(request(query).query("search", text -> text)).contains(expected);
    }

    @Test
    void aParameterWithoutAValueIsEmpty() {
        assertThat(request("search").query("search", text -> text)).contains("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"search=%", "search=%zz", "search=%0a", "search&search=hat", "search=a&search=b"})
    void aMalformedOrRepeatedParameterIsInvalid(String query) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> request(query).query("search", text -> text))
                .satisfies(e -> assertThat(e.problem().type()).isEqualTo(ProblemType.INVALID_PARAMETER));
    }

    private static Request request(String query) {
        return Request.head("GET", "/products", query, Map.of());
    }
}
