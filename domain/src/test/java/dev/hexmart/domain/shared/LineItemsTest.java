package dev.hexmart.domain.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LineItemsTest {

    @Test
    void fromOneToTheMaximumOfLinesAreFine() {
        assertThat(LineItems.checked(lines(1))).hasSize(1);
        assertThat(LineItems.checked(lines(LineItems.MAX_LINES))).hasSize(LineItems.MAX_LINES);
    }

    @Test
    void noLinesAndTooManyAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> LineItems.checked(List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> LineItems.checked(lines(LineItems.MAX_LINES + 1)));
    }

    @Test
    void aProductIsOnOneLineOnlyAndTheRefusalNamesIt() {
        LineItem line = lines(1).getFirst();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LineItems.checked(List.of(line, new LineItem(line.product(), Quantity.of(2)))))
                .withMessageContaining(line.product().toString());
    }

    @Test
    void lineItemsAreAnImmutableCopy() {
        List<LineItem> original = new ArrayList<>(lines(2));
        List<LineItem> checked = LineItems.checked(original);
        original.clear();
        assertThat(checked).hasSize(2);
        assertThatThrownBy(checked::clear).isInstanceOf(UnsupportedOperationException.class);
    }

    private static List<LineItem> lines(int count) {
        return Stream.generate(() -> new LineItem(new ProductId(UUID.randomUUID()), Quantity.of(1)))
                .limit(count)
                .toList();
    }
}
