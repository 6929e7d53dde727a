package dev.hexmart.domain.messages;

import dev.hexmart.domain.shared.OrderId;

/**
 * Something that one context tells another about one order.
 *
 * <p>Delivered at least once. Messages about one order are sent in the order in which they were decided, but a redelivery
 * may overtake, so every receiver tolerates doubled and late ones.
 */
public sealed interface Message permits ForCatalog, ForOrdering, ForPayment {

    OrderId order();
}
