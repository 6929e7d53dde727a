package dev.hexmart.domain.messages;

import dev.hexmart.domain.shared.OrderId;

/**
 * A command or an event about one order, sent by one context to another.
 *
 * <p>Delivered at least once. Messages about one order are sent in the order in which they were decided, but a redelivery
 * may overtake, so every receiver tolerates doubled and late ones.
 */
public sealed interface Message permits StockCommand, PaymentCommand, CheckoutEvent {

    OrderId order();
}
