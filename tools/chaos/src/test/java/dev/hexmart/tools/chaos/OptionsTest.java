package dev.hexmart.tools.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.tools.chaos.Plan.Choice;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {

    @Test
    void everythingCanBeSaid() {
        assertThat(parse(
                        "--seed=9",
                        "--seconds",
                        "1800",
                        "--every",
                        "20",
                        "--rate",
                        "2",
                        "--only",
                        "orders,kill",
                        "--embedded",
                        "--cache=off",
                        "--json",
                        "a.json",
                        "--page=b.json"))
                .isEqualTo(new Options(
                        9,
                        Duration.ofMinutes(30),
                        Duration.ofSeconds(20),
                        2,
                        List.of("orders", "kill"),
                        true,
                        false,
                        Optional.of(Path.of("a.json")),
                        Optional.of(Path.of("b.json"))));
    }

    @Test
    void shortFormTakesLessThanAMinute() {
        assertThat(parse("--short").duration()).isLessThan(Duration.ofMinutes(1));
        assertThat(parse("--short").cache()).isFalse();
        assertThat(parse().duration()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void onlyChoosesByDependencyAndByFault() {
        Choice killed = new Choice("orders", Fault.KILL);
        Choice cutOff = new Choice("orders", Fault.BLACK_HOLE);
        Choice other = new Choice("redis", Fault.KILL);

        assertThat(List.of(killed, cutOff, other)).allMatch(parse()::includes);
        assertThat(List.of(killed, cutOff, other).stream().filter(parse("--only", "orders")::includes))
                .containsExactly(killed, cutOff);
        assertThat(List.of(killed, cutOff, other).stream().filter(parse("--only", "kill")::includes))
                .containsExactly(killed, other);
        assertThat(List.of(killed, cutOff, other).stream().filter(parse("--only", "orders,black-hole")::includes))
                .containsExactly(cutOff);
    }

    @ParameterizedTest
    @CsvSource({
        "--everything, there is no option --everything",
        "--seed, --seed needs a value",
        "--seed=x, '--seed must be a whole number from 0 to 999999999, and is ''x'''",
        "--seconds=5, '--seconds must be a whole number from 20 to 86400, and is ''5'''",
        "--only=mars, --only knows no 'mars'; it takes some of",
        "--cache=maybe, --cache must be on or off",
    })
    void argumentThatIsWrongIsRefusedInWords(String argument, String message) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream err = new PrintStream(said, true, StandardCharsets.UTF_8);

        assertThat(Chaos.run(List.of(argument), Map.of(), err, err)).isEqualTo(2);
        assertThat(said.toString(StandardCharsets.UTF_8)).startsWith("hexmart chaos: " + message);
    }

    @Test
    void pageOfSomethingElseIsRefusedInWords() {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream err = new PrintStream(said, true, StandardCharsets.UTF_8);

        assertThat(Chaos.run(List.of("--page", "notes.txt"), Map.of(), err, err))
                .isEqualTo(1);
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("needs the JSON of a run");
    }

    private static Options parse(String... arguments) {
        return Options.parse(List.of(arguments));
    }
}
