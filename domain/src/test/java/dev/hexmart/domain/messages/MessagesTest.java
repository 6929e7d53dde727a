package dev.hexmart.domain.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hexmart.domain.messages.CheckoutEvent.PaymentCaptured;
import dev.hexmart.domain.messages.CheckoutEvent.StockRejected;
import dev.hexmart.domain.messages.PaymentCommand.RefundPayment;
import dev.hexmart.domain.messages.StockCommand.CommitStock;
import dev.hexmart.domain.messages.StockCommand.ReserveStock;
import dev.hexmart.domain.shared.LineItem;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.ProductId;
import dev.hexmart.domain.shared.Quantity;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MessagesTest {

    private final OrderId order = new OrderId(UUID.randomUUID());
    private final ProductId kettle = new ProductId(UUID.randomUUID());

    @Test
    void allDestinationsAreThoseThatTheCompilerKnows() {
        assertThat(Destination.ALL)
                .extracting(Object::getClass)
                .containsExactlyInAnyOrderElementsOf(List.of(Destination.class.getPermittedSubclasses()));
    }

    @Test
    void aMessageIsAcceptedByItsOwnDestinationOnly() {
        Map<Message, Destination<?>> own = Map.of(
                new CommitStock(order), new Destination.Catalog(),
                new RefundPayment(order), new Destination.Payment(),
                new PaymentCaptured(order), new Destination.Ordering());
        own.forEach((message, destination) -> assertThat(Destination.ALL)
                .filteredOn(each -> each.accept(message).isPresent())
                .isEqualTo(List.of(destination)));
    }

    @Test
    void aRejectionNamesWhatIsMissing() {
        assertThat(new StockRejected(order, List.of(kettle)).shortages()).containsExactly(kettle);
        assertThatIllegalArgumentException().isThrownBy(() -> new StockRejected(order, List.of()));
    }

    @Test
    void reserveCommandValidatesItsLines() {
        LineItem line = new LineItem(kettle, Quantity.of(1));
        assertThat(new ReserveStock(order, List.of(line)).lines()).containsExactly(line);
        assertThatIllegalArgumentException().isThrownBy(() -> new ReserveStock(order, List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new ReserveStock(order, List.of(line, line)));
    }
}
