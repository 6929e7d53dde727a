package dev.hexmart.adapter.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.adapter.json.message.MessageCodec;
import dev.hexmart.application.messaging.Batch;
import dev.hexmart.application.messaging.MessageHandler;
import dev.hexmart.application.messaging.ParkingLot.ParkedMessage;
import dev.hexmart.application.messaging.Received;
import dev.hexmart.application.messaging.UnprocessableMessage;
import dev.hexmart.domain.messages.CheckoutEvent;
import dev.hexmart.domain.messages.Destination;
import dev.hexmart.domain.messages.Message;
import dev.hexmart.domain.messages.StockCommand;
import dev.hexmart.domain.shared.OrderId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class InboundTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final OrderId ONE = new OrderId(new UUID(0, 1));
    private static final OrderId TWO = new OrderId(new UUID(0, 2));

    private final List<List<UUID>> batches = new ArrayList<>();
    private final List<Integer> places = new ArrayList<>();
    private final MessageHandler<StockCommand> handler = new MessageHandler<>() {
        @Override
        public void handle(Received<StockCommand> received) {
            batches.add(List.of(received.id()));
        }

        @Override
        public void handleTogether(Batch<StockCommand> batch) {
            batches.add(batch.ids());
            batch.each(_ -> {});
        }
    };
    private final DeliveryScope scope = (_, handling) -> handling.accept((place, work) -> {
        places.add(place);
        work.run();
    });
    private final Inbound<StockCommand> inbound =
            new Inbound<>(new Destination.Catalog(), handler, scope, InstantSource.fixed(NOON));

    @Test
    void messagesOnOneOrderAreHandledInTheirOrderAndOthersTogether() {
        UUID reserved = UUID.randomUUID();
        UUID released = UUID.randomUUID();
        UUID other = UUID.randomUUID();

        inbound.handle(List.of(
                delivery(reserved, new StockCommand.CommitStock(ONE)),
                delivery(released, new StockCommand.ReleaseStock(ONE)),
                delivery(other, new StockCommand.CommitStock(TWO))));

        assertThat(batches).containsExactly(List.of(reserved, other), List.of(released));
        assertThat(places).as("each in the scope of its own delivery").containsExactly(0, 2, 1);
    }

    @Test
    void messageForAnotherContextCannotBeProcessed() {
        Delivery event = delivery(UUID.randomUUID(), new CheckoutEvent.StockReserved(ONE));
        assertThatThrownBy(() -> inbound.handle(event))
                .isInstanceOf(UnprocessableMessage.class)
                .hasMessageContaining("is not for the queue");
        assertThat(batches).isEmpty();
    }

    @Test
    void unreadableDeliveryKeepsTheHandlerFromAllThatCameWithIt() {
        List<Delivery> deliveries =
                List.of(delivery(UUID.randomUUID(), new StockCommand.CommitStock(ONE)), text(Optional.empty(), "{"));
        assertThatThrownBy(() -> inbound.handle(deliveries)).isInstanceOf(UnprocessableMessage.class);
        assertThat(batches).isEmpty();
    }

    @Test
    void parkedMessageHasTheIdInItsBodyBeforeTheOneBesideIt() {
        UUID sender = UUID.randomUUID();
        Delivery readable = delivery(sender, new StockCommand.CommitStock(ONE));
        assertThat(inbound.parked(readable, why("No")).id()).isEqualTo(sender);

        UUID beside = UUID.randomUUID();
        assertThat(inbound.parked(text(Optional.of(beside), "{"), why("No")).id())
                .isEqualTo(beside);
    }

    @Test
    void parkedMessageIsCutToWhatTheDatabaseKeeps() {
        ParkedMessage parked =
                inbound.parked(text(Optional.empty(), "x".repeat(256 * 1024 + 1)), why("y".repeat(1_001)));
        assertThat(parked.body()).hasSize(256 * 1024);
        assertThat(parked.reason()).hasSize(1_000);
        assertThat(parked.at()).isEqualTo(NOON);
    }

    private static UnprocessableMessage why(String reason) {
        return new UnprocessableMessage(reason);
    }

    private static Delivery delivery(UUID id, Message message) {
        return text(Optional.empty(), MessageCodec.encode(id, message, NOON, Map.of()));
    }

    private static Delivery text(Optional<UUID> messageId, String body) {
        return new Delivery("catalog", messageId, "type", Map.of(), body, false, 1);
    }
}
