package dev.hexmart.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Many days in the shop. To live through one again, give its seed to {@link Simulator#run}; for more, see below. */
class SimulationTest {

    /** How many seeds are tried: {@code -Dsimulation.seeds=10000} for a long night. */
    private static final int SEEDS = Integer.getInteger("simulation.seeds", 500);

    @Test
    void whateverGoesWrongMeanwhileTheBooksAreRightInTheEnd() {
        LongStream.rangeClosed(1, SEEDS).parallel().forEach(Simulator::run);
    }

    @Test
    void oneSeedIsOneDay() {
        assertThat(Simulator.run(42)).isEqualTo(Simulator.run(42)).isNotEqualTo(Simulator.run(43));
    }
}
