package dev.hexmart.adapter.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonInputTest {

    private record Pair(long left, Optional<String> right) {
        Pair {
            if (left == 13) {
                throw new IllegalArgumentException("Must not be that");
            }
        }
    }

    private static Pair pair(JsonInput input) {
        var members = input.members();
        var left = members.required("left", value -> value.wholeNumber(-5, 20));
        var right = members.optional("right", JsonInput::text);
        return members.build(() -> new Pair(left.get(), right));
    }

    private static List<Pair> pairs(JsonInput input) {
        var members = input.members();
        var pairs = members.required("a/b~c", value -> value.list(JsonInputTest::pair));
        return members.build(pairs);
    }

    private static List<Violation> violations(String json, Form<?> form) {
        return catchThrowableOfType(
                        InvalidBody.class, () -> JsonInput.parse(json).as(form))
                .violations();
    }

    @Test
    void aMemberThatIsNotKnownIsRefusedWhereTheInputIsClosed() {
        String json = "{\"left\": 1, \"right\": \"a\", \"more/of~it\": {}}";
        assertThat(violations("[" + json + "]", input -> input.closed().list(JsonInputTest::pair)))
                .containsExactly(new Violation("/0/more~1of~0it", "Unknown; known are left, right"));
        assertThat(violations(json, input -> input.closed().as(JsonInputTest::pair)))
                .extracting(Violation::pointer)
                .containsExactly("/more~1of~0it");
    }

    @Test
    void aGoodDocumentIsRead() {
        assertThat(JsonInput.parse("{\"left\": -5, \"right\": \"ä\", \"more\": {}}")
                        .as(JsonInputTest::pair))
                .isEqualTo(new Pair(-5, Optional.of("ä")));
    }

    @Test
    void nullIsTheSameAsAbsent() {
        assertThat(JsonInput.parse("{\"left\": 1, \"right\": null}").as(JsonInputTest::pair))
                .isEqualTo(new Pair(1, Optional.empty()));
        assertThat(violations("{\"left\": null}", JsonInputTest::pair))
                .containsExactly(new Violation("/left", "Is required"));
    }

    @Test
    void everythingThatIsWrongIsToldWithItsPlace() {
        String json = "{\"a/b~c\": [{\"left\": 1}, 7, {\"left\": true, \"right\": 1}, {}, {\"left\": 13}]}";
        assertThat(violations(json, JsonInputTest::pairs))
                .containsExactly(
                        new Violation("/a~1b~0c/1", "Must be an object"),
                        new Violation("/a~1b~0c/2/left", "Must be a whole number from -5 to 20"),
                        new Violation("/a~1b~0c/2/right", "Must be a string"),
                        new Violation("/a~1b~0c/3/left", "Is required"),
                        new Violation("/a~1b~0c/4", "Must not be that"));
    }

    @Test
    void theMessageNamesThemAll() {
        assertThatThrownBy(
                        () -> JsonInput.parse("{\"left\": 1.5, \"right\": 1}").as(JsonInputTest::pair))
                .hasMessage("/left: Must be a whole number from -5 to 20; /right: Must be a string");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.1",
                "1.5",
                "15e-1",
                "1.0000000000000000000000000000000001",
                "2.1e1",
                "-6",
                "21",
                "\"1\"",
                "true",
                "[1]",
                "{}",
                "99999999999999999999",
                "1e19",
                "1e999999999",
                "1e1000000000",
                "1e2147483647",
                "1e-1000000000",
                "-1e-999999999"
            })
    @Timeout(5)
    void aNumberThatIsNoIntegerOrOutOfBoundsIsRefused(String number) {
        assertThat(violations("{\"left\": " + number + "}", JsonInputTest::pair))
                .extracting(Violation::pointer)
                .containsExactly("/left");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Integer.MAX_VALUE, 1L + Integer.MAX_VALUE, 999_999_999_999_999_999L})
    void floatWithAnIntegerValueIsAccepted(long number) {
        assertThat(JsonInput.parse(Long.toString(number)).wholeNumber(-1, Long.MAX_VALUE))
                .isEqualTo(number);
    }

    @ParameterizedTest
    @CsvSource({
        "1999.0,1999",
        "1999.000000,1999",
        "1.999e3,1999",
        "1.999E+3,1999",
        "19990e-1,1999",
        "1e0,1",
        "-1.0,-1",
        "0.0,0",
        "-0.0,0",
        "0e1000000000,0",
        "9007199254740991.0,9007199254740991"
    })
    @Timeout(5)
    void anIntegerWrittenAsAFloatIsRead(String number, long value) {
        assertThat(JsonInput.parse(number).wholeNumber(-1, Long.MAX_VALUE)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "0."})
    void aNumberOfManyDigitsIsRefusedAndNothingWorse(String start) {
        String json = "{\"left\": " + start + "9".repeat(60_000) + "}";
        assertThatThrownBy(() -> JsonInput.parse(json)).isInstanceOf(MalformedJson.class);
    }

    @Test
    void halfACharacterIsNoText() {
        assertThat(violations("{\"left\": 1, \"right\": \"\\ud83d\"}", JsonInputTest::pair))
                .extracting(Violation::pointer)
                .containsExactly("/right");
        assertThat(JsonInput.parse("{\"left\": 1, \"right\": \"\\ud83d\\ude00\"}")
                        .as(JsonInputTest::pair)
                        .right())
                .contains("😀");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "nul",
                "{\"a\" 1}",
                "{\"a\": 1,}",
                "[1 2]",
                "{} {}",
                "{}x",
                "[],",
                "'a'",
                "\"a",
                "{\"a\": 1, \"a\": 1}",
                "{\"b\": {\"a\": 1, \"a\": 1}}",
                "\uFEFF{}",
                "01",
                "{\"a\": NaN}",
                "// {}"
            })
    void whatIsNotOneJsonDocumentIsMalformed(String text) {
        assertThatThrownBy(() -> JsonInput.parse(text))
                .isInstanceOf(MalformedJson.class)
                .hasMessageStartingWith("The body is not JSON");
    }

    @Test
    void theLineAndColumnAreNamedWhereItStopsBeingJson() {
        assertThatThrownBy(() -> JsonInput.parse("{\n  \"a\": nonsense\n}")).hasMessageContaining("line 2");
    }

    @Test
    void thereIsALimitToDepth() {
        String open = "{\"a\":".repeat(Json.MAX_DEPTH - 1) + "[";
        String close = "]" + "}".repeat(Json.MAX_DEPTH - 1);
        assertThat(JsonInput.parse(open + close).members()).isNotNull();
        assertThatThrownBy(() -> JsonInput.parse(open + "[]" + close)).isInstanceOf(MalformedJson.class);
        assertThatThrownBy(() -> JsonInput.parse("[".repeat(1_000_000))).isInstanceOf(MalformedJson.class);
    }
}
