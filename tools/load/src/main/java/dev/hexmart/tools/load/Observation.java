package dev.hexmart.tools.load;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What there is to be held against each other: what the shoppers were told, and what the shop says of itself.
 *
 * @param started how many came
 * @param orders all orders with one of the load's products, of any customer
 * @param payments by order; none where none was ever asked for
 * @param products by id
 * @param serverErrors requests that were answered with an error of the server's own
 */
record Observation(
        int started,
        List<Checkout> checkouts,
        List<Order> orders,
        Map<String, Payment> payments,
        Map<String, Product> products,
        List<String> serverErrors) {

    /** An order as an employee sees it. */
    record Order(String id, String customer, String status, Money total, List<Line> lines) {

        static Order read(JsonObject json) {
            return new Order(
                    json.getString("orderId"),
                    json.getString("userId"),
                    json.getString("status"),
                    Money.read(json.getJsonObject("total")),
                    json.getJsonArray("lines").getValuesAs(JsonObject.class).stream()
                            .map(Line::read)
                            .toList());
        }

        boolean isOpen() {
            return status.equals("PENDING") || status.equals("RESERVED");
        }

        int pieces(String product) {
            return lines.stream()
                    .filter(line -> line.product().equals(product))
                    .mapToInt(Line::quantity)
                    .sum();
        }
    }

    record Line(String product, int quantity, Money unitPrice, Money total) {

        static Line read(JsonObject json) {
            return new Line(
                    json.getString("productId"),
                    json.getInt("quantity"),
                    Money.read(json.getJsonObject("unitPrice")),
                    Money.read(json.getJsonObject("total")));
        }
    }

    /** @param amount absent where the payment was called off before it was asked for */
    record Payment(String status, Optional<Money> amount) {

        static Payment read(JsonObject json) {
            return new Payment(
                    json.getString("status"),
                    Optional.ofNullable(json.getJsonObject("amount")).map(Money::read));
        }
    }

    /**
     * A product's stock.
     *
     * @param initial as the product was put on offer
     * @param left as the catalog says
     * @param ledger newest first; the shop tells the newest hundred
     */
    record Product(int initial, int left, List<Movement> ledger) {

        private static final int PAGE = 100;

        boolean isWholeLedger() {
            return ledger.size() < PAGE;
        }
    }

    record Movement(String kind, int available, int reserved) {

        static Movement read(JsonObject json) {
            return new Movement(json.getString("kind"), json.getInt("available"), json.getInt("reserved"));
        }
    }
}
