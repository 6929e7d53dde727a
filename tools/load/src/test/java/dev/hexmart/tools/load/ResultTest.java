package dev.hexmart.tools.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.tools.load.Checkout.Outcome;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ResultTest {

    private static final Breach BREACH = new Breach(Breach.Rule.STOCK, "one too many");

    @Test
    void resultSaysWhatBecameOfTheCheckoutsAndWhatIsBroken() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        result(BREACH).print(new PrintStream(out, true, UTF_8));

        assertThat(out.toString(UTF_8))
                .contains("2 checkouts started in 4.0 s (0.5/s): 1 accepted (0.3/s), 1 paid, 0 cancelled")
                .contains("refused 1 times: POST /cart/checkout: 429\n")
                .contains("RATE_LIMIT_ADDRESS=off")
                .contains("BREACH  one too many", "BROKEN  no stock below zero", "holds   every order", "1 breaches");
    }

    @Test
    void jsonHasTheSameFigures() {
        JsonObject json = result(BREACH).json();

        assertThat(json.getInt("accepted")).isEqualTo(1);
        assertThat(json.getJsonNumber("acceptedPerSecond").doubleValue()).isEqualTo(0.25);
        assertThat(json.getJsonObject("steps").getJsonObject("checkout").getInt("count"))
                .isZero();
        assertThat(json.getJsonArray("breaches").getJsonObject(0).getString("rule"))
                .isEqualTo("STOCK");
    }

    @Test
    void breachIsAnExitStatus() {
        assertThat(result().exitStatus()).isZero();
        assertThat(result(BREACH).exitStatus()).isEqualTo(1);
    }

    private static Result result(Breach... breaches) {
        Logbook logbook = new Logbook();
        logbook.started();
        logbook.started();
        logbook.ended(checkout(Set.of("order-1"), new Outcome.Ended("PAID")));
        logbook.ended(checkout(Set.of(), new Outcome.Refused("POST /cart/checkout: 429; wait 3 s")));
        return new Result(
                Options.parse(List.of(), Map.of()),
                4,
                logbook.counts(),
                logbook.checkouts(),
                new Measurements(),
                0,
                List.of(breaches));
    }

    private static Checkout checkout(Set<String> orders, Outcome outcome) {
        return new Checkout(0, "alice", Optional.empty(), "card-ok", Map.of(), orders, Optional.empty(), outcome);
    }
}
