package dev.hexmart.adapter.http.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptHeaderTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8 | true",
                "TEXT/HTML ; charset=utf-8                                       | true",
                "application/json;q=0.5, text/html                               | true",
                "text/html, application/json                                     | false",
                "text/html, */*                                                  | false",
                "text/html;q=0.1, */*;q=0.2                                      | false",
                "text/html;q=0                                                   | false",
                "text/html;q=2                                                   | false",
                "text/*                                                          | false",
                "text/htmlx                                                      | false",
                "*/*                                                             | false",
            })
    void htmlIsPreferredWhereItIsNamedAndOutweighsJson(String header, boolean preferred) {
        assertThat(of(header).prefersHtml()).isEqualTo(preferred);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json              | true",
                "text/html, Application/JSON   | true",
                "application/json;q=0          | false",
                "*/*                           | false",
                "application/json-patch+json   | false",
            })
    void aMediaTypeIsNamedByItsOwnNameAlone(String header, boolean named) {
        assertThat(of(header).names("application/json")).isEqualTo(named);
    }

    @Test
    void headersThatAreSentSeparatelyAreReadTogether() {
        assertThat(of("text/html", "application/json").prefersHtml()).isFalse();
        assertThat(of("application/json;q=0.1", "text/html").prefersHtml()).isTrue();
    }

    @Test
    void withoutAHeaderNothingIsPreferredOrNamed() {
        assertThat(of().prefersHtml()).isFalse();
        assertThat(of().names("application/json")).isFalse();
    }

    private static AcceptHeader of(String... headers) {
        return AcceptHeader.of(
                Request.head("GET", "/", "", headers.length == 0 ? Map.of() : Map.of("accept", List.of(headers))));
    }
}
