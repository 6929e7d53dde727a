package dev.hexmart.domain.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {

    private static final String ONE = "0af76519-16cd-43dd-8448-eb211c80319c";
    private static final String OTHER = "11111111-1111-1111-1111-111111111111";

    @Test
    void anIdIsReadAsItIsWritten() {
        assertThat(ProductId.parse(ONE)).isEqualTo(new ProductId(UUID.fromString(ONE)));
        assertThat(OrderId.parse(ONE)).isEqualTo(new OrderId(UUID.fromString(ONE)));
        assertThat(ProductId.parse(ONE)).hasToString(ONE);
        assertThat(OrderId.parse(ONE)).hasToString(ONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "1-1-1-1-1",
                "0af7651916cd43dd8448eb211c80319c",
                "{0af76519-16cd-43dd-8448-eb211c80319c}",
                "0af76519-16cd-43dd-8448-eb211c80319c ",
                "0af76519-16cd-43dd-8448-eb211c80319",
                "0af76519-16cd-43dd-8448-eb211c80319g",
                "0af76519-16cd-43dd-8448eb211c80-319c",
                "0af76519-16cd-43dd--8448eb211c80319c",
                "+af76519-16cd-43dd-8448-eb211c80319c",
                "------------------------------------"
            })
    void anIdIsReadInItsCanonicalFormOnly(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> ProductId.parse(text));
        assertThatIllegalArgumentException().isThrownBy(() -> OrderId.parse(text));
        assertThatIllegalArgumentException().isThrownBy(() -> CustomerId.parse(text + "." + ONE));
        assertThatIllegalArgumentException().isThrownBy(() -> CustomerId.parse(ONE + "." + text));
    }

    @Test
    void upperCaseNamesTheSameThing() {
        assertThat(OrderId.parse("0AF76519-16CD-43DD-8448-EB211C80319C")).isEqualTo(OrderId.parse(ONE));
    }

    @Test
    void aCustomerIsATenantAndAnObject() {
        CustomerId customer = new CustomerId(UUID.fromString(OTHER), UUID.fromString(ONE));
        assertThat(customer).hasToString(OTHER + "." + ONE);
        assertThat(CustomerId.parse(customer.toString())).isEqualTo(customer);
        assertThat(customer).isNotEqualTo(new CustomerId(UUID.fromString(ONE), UUID.fromString(OTHER)));
    }

    @Test
    void aCustomerWithoutATenantIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> CustomerId.parse(ONE));
        assertThatIllegalArgumentException().isThrownBy(() -> CustomerId.parse("alice@example.com"));
    }

    @Test
    void idsAreOrdered() {
        assertThat(ProductId.parse(ONE)).isLessThan(ProductId.parse(OTHER));
        assertThat(OrderId.parse(ONE)).isLessThan(OrderId.parse(OTHER));
    }
}
