package dev.hexmart.adapter.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathsTest {

    @ParameterizedTest
    @CsvSource({
        "/, /",
        "/orders, /orders",
        "/cart/items/0b0f4c52-7d0e-4b5e-9c55-2f0d0a5d8a11, /cart/items/0b0f4c52-7d0e-4b5e-9c55-2f0d0a5d8a11",
        "/orders/alice@example.org, /orders/REDACTED",
        "/orders/eyJhbGciOiJSUzI1NiJ9.e30.x/events, /orders/REDACTED/events",
        "/cart//add, /cart//add",
        "/0b0f4c52-7d0e-4b5e-9c55-2f0d0a5d8a11/oauth2/v2.0/token, /0b0f4c52-7d0e-4b5e-9c55-2f0d0a5d8a11/oauth2/v2.0/token",
        "/oauth23/v2x0, /REDACTED/REDACTED",
        "/a%20b, /REDACTED",
    })
    void onlyWordsAndIdsAreTold(String path, String told) {
        assertThat(Paths.scrubbed(path)).isEqualTo(told);
    }
}
