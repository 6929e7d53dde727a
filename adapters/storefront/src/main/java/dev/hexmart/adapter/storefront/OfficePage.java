package dev.hexmart.adapter.storefront;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hexmart.domain.catalog.StockMovement;
import dev.hexmart.domain.ordering.OrderStatus;
import dev.hexmart.domain.payment.PaymentStatus;
import dev.hexmart.domain.shared.Currency;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.OrderNumber;
import dev.hexmart.domain.shared.SellingCurrencies;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A page of the back office, by what is on it. */
public sealed interface OfficePage extends Page.Office {

    /**
     * All products.
     *
     * @param first whether this is where the list begins
     * @param next the cursor of where it goes on
     */
    record Products(String search, List<Page.Product> products, boolean first, Optional<String> next)
            implements OfficePage {

        /** Where the list of these begins. */
        public String address() {
            return "/office/products?search=" + URLEncoder.encode(search, UTF_8);
        }
    }

    /** All categories, by name from A to Z. */
    record Categories(List<Page.Category> categories) implements OfficePage {}

    /**
     * What can be chosen from in a product's form.
     *
     * @param pictures paths of the shop's own files
     * @param currencies what the shop sells in
     */
    record Choices(List<Page.Category> categories, List<String> pictures, SellingCurrencies currencies) {

        /** Such as "Gooseneck kettle" for {@code /images/products/gooseneck-kettle.svg}. */
        public static String name(String picture) {
            String words = picture.substring(picture.lastIndexOf('/') + 1, picture.lastIndexOf('.'))
                    .replace('-', ' ');
            return Character.toUpperCase(words.charAt(0)) + words.substring(1);
        }
    }

    /** What stands in a product's form. @param amount the price in units of the currency, as browsers read numbers */
    record Details(String name, String description, String category, String image, String amount, Currency currency) {

        static Details empty(Currency currency) {
            return new Details("", "", "", "/images/products/placeholder.svg", "", currency);
        }

        static Details of(Page.Product product) {
            Currency currency = product.price().currency();
            return new Details(
                    product.name(),
                    product.description(),
                    product.category().slug(),
                    product.image(),
                    decimal(product.price().amount(), currency),
                    currency);
        }

        /** The smallest amount of a currency, and the difference between one and the next. */
        public static String step(Currency currency) {
            return decimal(1, currency);
        }

        static String decimal(long amount, Currency currency) {
            return BigDecimal.valueOf(amount, currency.minorUnits()).toPlainString();
        }
    }

    /** One product and its stock. @param tag by which the shop knows what the reader has seen of it */
    record Product(Page.Product product, String tag, Choices choices, List<StockMovement> ledger)
            implements OfficePage {

        public Details details() {
            return Details.of(product);
        }
    }

    /** A product that there is not yet. */
    record NewProduct(Choices choices) implements OfficePage {

        public Details details() {
            return Details.empty(choices.currencies().usual());
        }
    }

    /** An order and whose it is. */
    record Taken(Page.ListedOrder order, String customer) {}

    /**
     * Orders of all customers, the latest first.
     *
     * @param status which of them
     * @param number the order number that was searched for, as it was typed; empty for all
     * @param first whether this is where the list begins
     * @param next the cursor of where it goes on
     */
    record Orders(Optional<OrderStatus> status, String number, List<Taken> orders, boolean first, Optional<String> next)
            implements OfficePage {

        public String address() {
            return address(status) + (number.isEmpty() ? "" : "&number=" + URLEncoder.encode(number, UTF_8));
        }

        /** Why the list is empty. */
        public String nothing() {
            if (number.isEmpty()) {
                return "There are none.";
            }
            return isOrderNumber(number)
                    ? "No order has the number " + OrderNumber.parse(number) + "."
                    : "“" + number + "” is not an order number. One looks like 3C1B-7E10.";
        }

        public static boolean isOrderNumber(String text) {
            try {
                OrderNumber.parse(text);
                return true;
            } catch (IllegalArgumentException _) {
                return false;
            }
        }

        /** Where the list of those begins. */
        public static String address(Optional<OrderStatus> status) {
            return "/office/orders?status=" + status.map(Enum::name).orElse("");
        }
    }

    /** What is known of an order's payment. @param method its name */
    record Payment(PaymentStatus status, Optional<Money> amount, Optional<String> method, Optional<Money> refunded) {

        /** The refundable amount. */
        Money left(Money total) {
            return refunded.map(total::minus).orElse(total);
        }
    }

    /** An order of any customer. @param payment empty before the first attempt to pay */
    record Order(Page.Order order, String customer, Optional<Payment> payment) implements OfficePage {

        /** What can still be given back, as a number that browsers read in a field. */
        public String left() {
            return Details.decimal(leftMoney().amount(), order.total().currency());
        }

        public Money leftMoney() {
            return payment.map(it -> it.left(order.total())).orElse(order.total());
        }

        /** What a refund of the rest is called. */
        public String whole() {
            return payment.flatMap(Payment::refunded).isPresent() ? "All that is left" : "All of it";
        }

        public int digits() {
            return order.total().currency().minorUnits();
        }

        /** Whether there is money that can be given back. */
        public boolean refundable() {
            return order.status() == OrderStatus.PAID
                    && payment.filter(it -> it.status() == PaymentStatus.PAID).isPresent();
        }
    }

    /** A parked message. @param cut whether the body is truncated */
    record Parked(String id, String type, String reason, Instant at, String body, boolean cut) {}

    /** A service's parked messages, or the broker's dead letters. @param answering whether it has answered */
    record Lot(String service, boolean answering, List<Parked> messages) {

        /** Stands for the service where the messages are the broker's dead letters. */
        public static final String DEAD_LETTERS = "dead-letters";

        public boolean deadLetters() {
            return service.equals(DEAD_LETTERS);
        }
    }

    /** What could not be handled, by the service that tried. */
    record Messages(List<Lot> lots) implements OfficePage {

        /** Whether everything was handled, as far as is known. */
        public boolean empty() {
            return lots.stream()
                    .allMatch(lot -> lot.answering() && lot.messages().isEmpty());
        }
    }
}
