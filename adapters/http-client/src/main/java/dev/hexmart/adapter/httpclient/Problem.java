package dev.hexmart.adapter.httpclient;

import dev.hexmart.adapter.json.JsonInput;
import dev.hexmart.adapter.json.MoneyJson;
import dev.hexmart.adapter.json.ShortageJson;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.ProductId;
import dev.hexmart.domain.shared.Shortage;
import java.util.List;

/** A refusal as the services' API publishes it: the code tells one from another, other members what a code is about. */
final class Problem {

    static final String NOT_FOUND = "not-found";
    static final String CART_ALREADY_ORDERED = "cart-already-ordered";
    static final String NOT_ENOUGH_STOCK = "not-enough-stock";
    static final String TOO_MANY_UNPAID_ORDERS = "too-many-unpaid-orders";
    static final String PRICE_CHANGED = "price-changed";
    static final String UNKNOWN_PRODUCTS = "unknown-products";
    static final String UNKNOWN_PAYMENT_METHOD = "unknown-payment-method";
    static final String MIXED_CURRENCIES = "mixed-currencies";
    static final String TOTAL_TOO_HIGH = "total-too-high";
    static final String REQUEST_IN_FLIGHT = "request-in-flight";
    static final String IDEMPOTENCY_KEY_REUSED = "idempotency-key-reused";

    private Problem() {}

    static String code(JsonInput problem) {
        return problem.member("code", JsonInput::text);
    }

    /** The cause and the fix, in words for the caller. */
    static String detail(JsonInput problem) {
        return problem.member("detail", JsonInput::text);
    }

    /** Of {@link #CART_ALREADY_ORDERED}. */
    static OrderId order(JsonInput problem) {
        return problem.member("orderId", value -> OrderId.parse(value.text()));
    }

    /** Of {@link #NOT_ENOUGH_STOCK}. */
    static List<Shortage> shortages(JsonInput problem) {
        return problem.member("shortages", value -> value.list(ShortageJson::read));
    }

    /** Of {@link #PRICE_CHANGED}. */
    static Money actualTotal(JsonInput problem) {
        return problem.member("actualTotal", MoneyJson::read);
    }

    /** Of {@link #UNKNOWN_PRODUCTS}. */
    static List<ProductId> products(JsonInput problem) {
        return problem.member("products", value -> value.list(id -> ProductId.parse(id.text())));
    }
}
