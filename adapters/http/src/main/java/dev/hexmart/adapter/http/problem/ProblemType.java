package dev.hexmart.adapter.http.problem;

import java.util.Locale;

/** The types of problems; the code is published, and clients distinguish problems by it. */
public enum ProblemType {
    MALFORMED_REQUEST(400, "The request is not well-formed"),
    INVALID_PARAMETER(400, "A parameter is not valid"),
    INVALID_BODY(400, "The body is not valid"),
    IDEMPOTENCY_KEY_MISSING(400, "This request needs an Idempotency-Key header"),
    TWO_CREDENTIALS(400, "Two credentials in one request"),
    SIGN_IN_REFUSED(400, "Sign-in failed"),
    UNAUTHENTICATED(401, "This needs a bearer token"),
    FORBIDDEN(403, "Forbidden"),
    CROSS_SITE(403, "Cross-site request refused"),
    NOT_FOUND(404, "Not found"),
    METHOD_NOT_ALLOWED(405, "Method not allowed"),
    CART_ALREADY_ORDERED(409, "The cart has been ordered already"),
    NOT_ENOUGH_STOCK(409, "There is not enough in stock"),
    TOO_MANY_UNPAID_ORDERS(409, "Too many unpaid orders"),
    PRICE_CHANGED(409, "The price has changed"),
    REQUEST_IN_FLIGHT(409, "The same request is in progress"),
    OUT_OF_STOCK_BOUNDS(409, "The stock is out of bounds"),
    TOO_LATE(409, "It is too late for this"),
    ORDER_NOT_RESERVED(409, "The order's stock is not reserved yet"),
    ORDER_NOT_PAYABLE(409, "The order cannot be paid"),
    REFUND_UNDER_WAY(409, "Another refund is in progress"),
    GOODS_DECIDED(409, "The goods of the refund are decided already"),
    NOTHING_PAID(409, "There is nothing to refund"),
    MESSAGE_FAILED_AGAIN(409, "The message failed again"),
    STALE(412, "The resource was changed meanwhile"),
    CART_CHANGED(412, "The cart has changed"),
    BODY_TOO_LARGE(413, "The body is too large"),
    URI_TOO_LONG(414, "The URI is too long"),
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type"),
    EMPTY_CART(422, "The cart is empty"),
    TOO_MANY_PIECES(422, "Too many pieces of one product"),
    TOO_MANY_PRODUCTS(422, "Too many products"),
    UNKNOWN_PRODUCTS(422, "A product is not on offer"),
    UNKNOWN_PAYMENT_METHOD(422, "Unknown payment method"),
    MIXED_CURRENCIES(422, "The prices are in more than one currency"),
    CURRENCY_NOT_SOLD(422, "The shop does not sell in this currency"),
    TOTAL_TOO_HIGH(422, "The total is more than one order can be"),
    REFUND_AMOUNT(422, "The amount cannot be refunded"),
    REFUND_GOODS(422, "A partial refund puts no goods on sale"),
    ORDER_REFUSED(422, "The order is not accepted"),
    IDEMPOTENCY_KEY_REUSED(422, "The Idempotency-Key was used for another request"),
    PRECONDITION_REQUIRED(428, "This request needs an If-Match header"),
    TOO_MANY_REQUESTS(429, "Too many requests"),
    TOO_MANY_STREAMS(429, "Too many open event streams"),
    HEADERS_TOO_LARGE(431, "The headers are too large"),
    INTERNAL_ERROR(500, "Internal error"),
    UNAVAILABLE(503, "Service unavailable");

    private final int status;
    private final String title;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** Such as {@code price-changed}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
