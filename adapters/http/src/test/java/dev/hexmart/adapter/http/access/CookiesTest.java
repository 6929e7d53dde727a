package dev.hexmart.adapter.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.adapter.http.exchange.Request;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CookiesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "__Host-session=ours",
                "theme=dark;__Host-session=ours ; lang=de",
                "theme=a,__Host-session=planted; __Host-session=ours",
                "theme=\"; __Host-session=ours; lang=\"",
            })
    void aCookieIsFoundWhateverOtherCookiesSay(String header) {
        assertThat(Cookies.find(head(header), Cookies.SESSION)).contains("ours");
    }

    @Test
    void aCookieThatIsSentTwiceIsNotFound() {
        assertThat(Cookies.find(head("__Host-session=ours; __Host-session=planted"), Cookies.SESSION))
                .isEmpty();
    }

    private static Request head(String header) {
        return Request.head("GET", "/", "", Map.of("cookie", List.of(header)));
    }
}
