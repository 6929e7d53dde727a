package dev.hexmart.tools.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.tools.chaos.Plan.Choice;
import dev.hexmart.tools.chaos.Plan.Step;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTest {

    private static final List<Choice> CHOICES = List.of(
            new Choice("orders", Fault.KILL), new Choice("postgres", Fault.PAUSE), new Choice("redis", Fault.RESET));

    @Test
    void sameSeedMakesTheSamePlan() {
        assertThat(plan(7)).isEqualTo(plan(7));
        assertThat(plan(7)).isNotEqualTo(plan(8));
    }

    @Test
    void faultComesAtEachMultipleAndTheLastIsOverInTime() {
        List<Step> steps = plan(1).steps();

        assertThat(steps).extracting(Step::at).containsExactly(10, 20, 30, 40, 50, 60, 70, 80, 90);
        assertThat(steps).allMatch(step -> step.lasting() >= 2 && step.at() + step.lasting() <= 100);
        assertThat(Plan.of(1, CHOICES, Duration.ofSeconds(95), Duration.ofSeconds(10))
                        .steps())
                .hasSize(8);
    }

    @Test
    void eachChoiceComesOnceBeforeAnyComesAgain() {
        List<Choice> chosen = plan(3).steps().stream().map(Step::choice).toList();

        assertThat(chosen.subList(0, 3)).containsExactlyInAnyOrderElementsOf(CHOICES);
        assertThat(chosen.subList(3, 6)).containsExactlyInAnyOrderElementsOf(CHOICES);
    }

    private static Plan plan(long seed) {
        return Plan.of(seed, CHOICES, Duration.ofSeconds(100), Duration.ofSeconds(10));
    }
}
