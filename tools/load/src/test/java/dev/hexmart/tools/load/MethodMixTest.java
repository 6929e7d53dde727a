package dev.hexmart.tools.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class MethodMixTest {

    @Test
    void eachMethodIsPickedByItsShare() {
        MethodMix mix = MethodMix.parse("card-ok=7,card-declined=2,card-slow=1");
        Random random = new Random(1);

        Map<String, Long> picked = Stream.generate(() -> mix.pick(random))
                .limit(10_000)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

        Offset<Long> little = Offset.offset(200L);
        assertThat(picked).containsOnlyKeys("card-ok", "card-declined", "card-slow");
        assertThat(picked.get("card-ok")).isCloseTo(7000, little);
        assertThat(picked.get("card-declined")).isCloseTo(2000, little);
        assertThat(picked.get("card-slow")).isCloseTo(1000, little);
    }

    @Test
    void singleMethodIsAMix() {
        assertThat(MethodMix.parse("card-lost").pick(new Random(1))).isEqualTo("card-lost");
    }
}
