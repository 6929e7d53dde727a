package dev.hexmart.domain.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderNumberTest {

    private static final OrderId ORDER = OrderId.parse("0d4c2d5e-8a53-4a0e-9d6f-2f6a3c1b7e10");

    @Test
    void anOrderNumberIsTheEndOfTheOrderIdInTwoGroups() {
        assertThat(OrderNumber.of(ORDER)).hasToString("3C1B-7E10");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "3C1B-7E10",
                "3c1b7e10",
                " 3C1B 7E10 ",
                "#3C1B\u20117E10",
                "3C1B \u2013 7E10",
                "3c 1b 7e 10",
                "3ClB-7EIO",
                "0d4c2d5e-8a53-4a0e-9d6f-2f6a3c1b7e10",
                " 0D4C2D5E-8A53-4A0E-9D6F-2F6A3C1B7E10 "
            })
    void anOrderNumberIsReadAsPeopleTypeIt(String typed) {
        assertThat(OrderNumber.parse(typed)).isEqualTo(OrderNumber.of(ORDER));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "3C1B", "3C1B-7E1", "3C1B-7E101", "3C1B-7E1G", "kettle", "%"})
    void aTextThatIsNoOrderNumberIsRefused(String typed) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OrderNumber.parse(typed))
                .withMessageContaining("such as 3C1B-7E10");
    }
}
