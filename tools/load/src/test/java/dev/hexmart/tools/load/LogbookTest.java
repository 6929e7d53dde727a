package dev.hexmart.tools.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.tools.load.Checkout.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LogbookTest {

    @Test
    void visitsAreCountedByTheirOutcome() {
        Logbook logbook = new Logbook();
        List<Outcome> outcomes = List.of(
                new Outcome.Ended("PAID"),
                new Outcome.Ended("CANCELLED"),
                new Outcome.Ended("REFUNDED"),
                new Outcome.SoldOut(Map.of()),
                new Outcome.Refused("Busy"),
                new Outcome.Lost("No answer"),
                new Outcome.Unfinished("Still pending"),
                new Outcome.Failed("500"));
        outcomes.forEach(_ -> logbook.started());
        logbook.started();
        outcomes.forEach(outcome -> logbook.ended(checkout(outcome)));

        assertThat(logbook.counts()).isEqualTo(new Logbook.Counts(9, 1, 2, 1, 1, 1, 2));
        assertThat(logbook.counts().underWay()).isOne();
        assertThat(logbook.checkouts()).extracting(Checkout::outcome).isEqualTo(outcomes);
    }

    private static Checkout checkout(Outcome outcome) {
        return new Checkout(1, "alice", Optional.empty(), "card-ok", Map.of(), Set.of(), Optional.empty(), outcome);
    }
}
