package dev.hexmart.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChartTest {

    @Test
    void barsAreAsLongAsTheirShareOfTheLongest() {
        String svg = chart(List.of(4.0, 1.0), List.of(2.0, 0.5)).bars();

        assertThat(svg)
                .contains(
                        "class=\"s0\" x=\"300.0\" y=\"68\" width=\"392.0\"",
                        "class=\"s1\" x=\"692.0\" y=\"68\" width=\"98.0\"",
                        "class=\"s0\" x=\"300.0\" y=\"92\" width=\"196.0\"");
    }

    @Test
    void marksAreOnALogarithmicScale() {
        String svg = chart(List.of(1.0, 10.0), List.of(0.0, 100.0)).marks();

        assertThat(svg).contains("cx=\"300.0\"", "cx=\"545.0\"", "cx=\"790.0\"");
        assertThat(svg.split("<circle", -1)).hasSize(4);
    }

    @Test
    void chartOfNothingHasAScaleAllTheSame() {
        assertThat(chart(List.of(0.0, 0.0), List.of(0.0, 0.0)).marks()).doesNotContain("<circle", "NaN", "Infinity");
    }

    @Test
    void labelIsEscaped() {
        Chart chart = new Chart("t", "u", List.of("s"), List.of(new Chart.Row("a < b", List.of(1.0), "1")));

        assertThat(chart.bars()).contains("a &lt; b");
    }

    private static Chart chart(List<Double> first, List<Double> second) {
        return new Chart(
                "title",
                "unit",
                List.of("one", "two"),
                List.of(new Chart.Row("first", first, ""), new Chart.Row("second", second, "")));
    }
}
