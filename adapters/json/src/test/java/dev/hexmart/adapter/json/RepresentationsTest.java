package dev.hexmart.adapter.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.adapter.json.message.DeadLetterJson;
import dev.hexmart.adapter.json.message.ParkedMessageJson;
import dev.hexmart.application.catalog.ListedCategory;
import dev.hexmart.application.catalog.ListedProduct;
import dev.hexmart.application.messaging.DeadLetters.DeadLetter;
import dev.hexmart.application.messaging.ParkingLot.ParkedMessage;
import dev.hexmart.application.payment.PaymentMethodOffer;
import dev.hexmart.domain.cart.Cart;
import dev.hexmart.domain.catalog.Category;
import dev.hexmart.domain.catalog.CategoryName;
import dev.hexmart.domain.catalog.Product;
import dev.hexmart.domain.catalog.ProductDetails;
import dev.hexmart.domain.catalog.StockMovement;
import dev.hexmart.domain.ordering.CancellationReason;
import dev.hexmart.domain.ordering.HistoryEntry;
import dev.hexmart.domain.ordering.HistoryNote;
import dev.hexmart.domain.ordering.Order;
import dev.hexmart.domain.ordering.OrderLine;
import dev.hexmart.domain.ordering.OrderStatus;
import dev.hexmart.domain.ordering.Purchase;
import dev.hexmart.domain.payment.Payment;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.LineItem;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.PaymentMethod;
import dev.hexmart.domain.shared.ProductId;
import dev.hexmart.domain.shared.Quantity;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Each representation against the file that shows it to others. */
class RepresentationsTest {

    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");
    private static final OrderId ORDER = OrderId.parse("0d4c2d5e-8a53-4a0e-9d6f-2f6a3c1b7e10");
    private static final ProductId ONE = ProductId.parse("5b1f6f0a-1c1d-4b7e-8a54-0d1f2a3b4c5d");
    private static final ProductId TWO = ProductId.parse("6c2a7a1b-2d2e-4c8f-9b65-1e2a3b4c5d6e");
    private static final String USER = "11111111-1111-1111-1111-111111111111.33333333-3333-3333-3333-333333333333";
    private static final CustomerId CUSTOMER = CustomerId.parse(USER);
    private static final PaymentMethod CARD = new PaymentMethod("card-ok");
    private static final Money TOTAL = Money.of(4997, "EUR");
    private static final List<LineItem> LINES =
            List.of(new LineItem(ONE, Quantity.of(2)), new LineItem(TWO, Quantity.of(1)));
    private static final ProductDetails POT = new ProductDetails(
            "Teekanne „Süd“",
            "Round.\nQuiet.",
            new Category("kitchen"),
            "/images/products/pot.svg",
            Money.of(1999, "EUR"));

    private static void assertWritten(JsonObject json, String golden) {
        assertThat(Golden.parsed(json.toString())).isEqualTo(Golden.json(golden));
    }

    private static <T> T read(String golden, Form<T> form) {
        return JsonInput.parse(Golden.text(golden)).as(form);
    }

    private static Purchase purchase(Optional<PaymentMethod> method) {
        return new Purchase(
                ORDER,
                CUSTOMER,
                List.of(
                        new OrderLine(ONE, "Kettle", Money.of(1999, "EUR"), Quantity.of(2)),
                        new OrderLine(TWO, "Cup", Money.of(999, "EUR"), Quantity.of(1))),
                method,
                TIME,
                TIME.plusSeconds(15 * 60));
    }

    @Test
    void aProduct() {
        assertWritten(ProductJson.write(new ListedProduct(Product.introduce(ONE, POT), 7)), "product");
        assertThat(read("new-product", ProductJson::newProduct)).isEqualTo(new ProductJson.NewProduct(POT, 7));
        assertThat(read("new-product", ProductJson::details)).isEqualTo(POT);
        assertThat(read("product", ProductJson::details)).isEqualTo(POT);
    }

    @Test
    void aCategory() {
        CategoryName name = new CategoryName("Coffee & makers");
        assertWritten(CategoryJson.write(new ListedCategory(new Category("coffee-makers"), name, 12)), "category");
        assertThat(read("category", CategoryJson::name)).isEqualTo(name);
    }

    @Test
    void paymentMethodsWithTheDefaultFirst() {
        List<PaymentMethodOffer> offers = List.of(
                new PaymentMethodOffer(CARD, "A card that works", "The payment goes through at once."),
                new PaymentMethodOffer(new PaymentMethod("invoice"), "By invoice", "Pay when it is there."));
        JsonArray written = PaymentMethodJson.write(offers);
        assertWritten(written.getJsonObject(0), "payment-method");
        assertThat(written.getJsonObject(1).getString("method")).isEqualTo("invoice");
        assertThat(written.getJsonObject(1).getBoolean("default")).isFalse();
    }

    @Test
    void aMovementOfStock() {
        assertWritten(StockJson.write(StockMovement.adjusted(ONE, -2, "broken", TIME)), "stock-movement");
    }

    @Test
    void aCart() {
        Cart cart = new Cart(CUSTOMER, new TreeMap<>(Map.of(ONE, Quantity.of(2), TWO, Quantity.of(1))));
        assertWritten(CartJson.write(cart), "cart");
        assertThat(read("cart-addition", CartJson::addition))
                .isEqualTo(new CartJson.Addition(LINES.getFirst(), Optional.of(USER)));
    }

    @Test
    void aCheckout() {
        var checkout = new CheckoutJson.CheckoutRequest(Optional.of(CARD), Optional.of(TOTAL), Optional.of(USER));
        assertThat(read("purchase", CheckoutJson::order))
                .isEqualTo(new CheckoutJson.OrderRequest(LINES, Optional.empty(), checkout));
        assertThat(read("purchase", CheckoutJson::checkout)).isEqualTo(checkout);
        assertThat(JsonInput.parse("{\"payment\": {}}").as(CheckoutJson::checkout))
                .isEqualTo(new CheckoutJson.CheckoutRequest(Optional.empty(), Optional.empty(), Optional.empty()));
    }

    @Test
    void anOrder() {
        Order placed = Order.Placed.of(purchase(Optional.of(CARD)));
        assertWritten(OrderJson.write(placed, Optional.empty()), "order");
        assertWritten(OrderJson.write(placed, Optional.of("4bf92f3577b34da6a3ce929d0e0e4736")), "order-traced");
        assertWritten(OrderJson.status(placed), "order-status");
        assertWritten(OrderJson.placed(ORDER, TOTAL), "order-placed");
        assertWritten(OrderJson.event(placed, 1, placed.history().getFirst()), "order-event");
    }

    @Test
    void declinedOrderHasTheNumberOfAttempts() {
        var history = List.of(
                new HistoryEntry(OrderStatus.PENDING, TIME, HistoryNote.Milestone.PLACED),
                new HistoryEntry(
                        OrderStatus.RESERVED,
                        TIME.plusSeconds(1),
                        new HistoryNote.PaymentDeclined("The card was declined")));
        var purchase = purchase(Optional.empty());
        assertThat(OrderJson.write(new Order.Reserved(purchase, 2, history)).getInt("declined"))
                .isEqualTo(2);
        assertThat(OrderJson.write(new Order.Reserved(purchase, 0, history))).doesNotContainKey("declined");
    }

    @Test
    void anOrderThatCameToNothing() {
        var history = List.of(
                new HistoryEntry(OrderStatus.PENDING, TIME, HistoryNote.Milestone.PLACED),
                new HistoryEntry(OrderStatus.CANCELLED, TIME.plusSeconds(1), new HistoryNote.Text("Sold out")));
        var cancelled = new Order.Cancelled(purchase(Optional.empty()), CancellationReason.SOLD_OUT, history);
        assertWritten(OrderJson.write(cancelled), "order-cancelled");
    }

    @Test
    void aPayment() {
        var charge = Payment.Charge.first(ORDER, CUSTOMER, TOTAL, CARD);
        assertWritten(PaymentJson.write(new Payment.Captured(charge, "reference", 3)), "payment");
        assertWritten(PaymentJson.write(new Payment.Voided(ORDER, Optional.empty(), 1)), "payment-voided");
        assertThat(read("pay", PaymentJson::request))
                .isEqualTo(new PaymentJson.PaymentRequest(ORDER, Optional.of(CARD), Optional.of(USER)));
    }

    @Test
    void aParkedMessage() {
        UUID id = UUID.fromString("7d3b8b2c-3e3f-4d90-ac76-2f3b4c5d6e7f");
        var message = new ParkedMessage(id, "some.type", "<b>\u0000", Map.of("header", "left out"), "Not JSON", TIME);
        assertWritten(ParkedMessageJson.write(message), "parked-message");
    }

    @Test
    void deadLetterIsWrittenAsItsGoldenFile() {
        UUID id = UUID.fromString("7d3b8b2c-3e3f-4d90-ac76-2f3b4c5d6e7f");
        var letter = new DeadLetter(
                id, "dev.hexmart.stock.commit.v1", Optional.of("hexmart.catalog"), "{}", "delivery_limit", TIME);
        assertWritten(DeadLetterJson.write(letter), "dead-letter");
        assertThat(DeadLetterJson.write(new DeadLetter(id, "unheard-of", Optional.empty(), "{}", "unknown", TIME)))
                .doesNotContainKey("queue");
    }
}
