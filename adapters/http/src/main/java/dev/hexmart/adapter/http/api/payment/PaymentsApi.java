package dev.hexmart.adapter.http.api.payment;

import dev.hexmart.adapter.http.access.Access;
import dev.hexmart.adapter.http.api.Refusals;
import dev.hexmart.adapter.http.exchange.Request;
import dev.hexmart.adapter.http.exchange.Response;
import dev.hexmart.adapter.http.problem.Problem;
import dev.hexmart.adapter.http.problem.ProblemException;
import dev.hexmart.adapter.http.problem.ProblemType;
import dev.hexmart.adapter.http.server.Endpoints;
import dev.hexmart.adapter.http.server.Route;
import dev.hexmart.adapter.json.MoneyJson;
import dev.hexmart.adapter.json.PaymentJson;
import dev.hexmart.adapter.json.PaymentMethodJson;
import dev.hexmart.adapter.json.RefundJson;
import dev.hexmart.application.idempotency.IdempotencyKey;
import dev.hexmart.application.identity.Role;
import dev.hexmart.application.payment.ListPaymentMethods;
import dev.hexmart.application.payment.PayOrder;
import dev.hexmart.application.payment.PayOrder.Outcome;
import dev.hexmart.application.payment.RefundOrder;
import dev.hexmart.application.payment.ViewPayment;
import dev.hexmart.domain.payment.PaymentStatus;
import dev.hexmart.domain.payment.Refund;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.Goods;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.OrderId;
import java.util.List;
import java.util.Locale;

/** Paying, looking at a payment, giving money back. */
public final class PaymentsApi implements Endpoints {

    private final ListPaymentMethods methods;
    private final PayOrder pay;
    private final ViewPayment view;
    private final RefundOrder refund;

    public PaymentsApi(ListPaymentMethods methods, PayOrder pay, ViewPayment view, RefundOrder refund) {
        this.methods = methods;
        this.pay = pay;
        this.view = view;
        this.refund = refund;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post("/pay", Access.CUSTOMER, PayOrder.class, this::pay),
                // Before the payment of an order: the first route that fits a path answers.
                Route.get("/payments/methods", Access.SIGNED_IN, ListPaymentMethods.class, this::methods),
                Route.get(
                        "/payments/{orderId}",
                        new Access.CustomerOr(Role.ORDERS_MANAGE),
                        ViewPayment.class,
                        this::find),
                Route.post(
                        "/payments/{orderId}/refund",
                        new Access.PersonWith(Role.ORDERS_MANAGE),
                        RefundOrder.class,
                        this::refund));
    }

    private Response pay(Request request) {
        IdempotencyKey key = request.idempotencyKey();
        PaymentJson.PaymentRequest wanted = request.json(PaymentJson::request);
        CustomerId customer = request.customer(wanted.userId());
        PayOrder.Command command = new PayOrder.Command(customer, key, wanted.order(), wanted.method());
        return switch (pay.pay(command, request.credential())) {
            case Outcome.Accepted(OrderId order, PaymentStatus status, boolean replayed) ->
                Response.json(200, PaymentJson.write(order, status)).replayed(replayed);
            case Outcome.NotFound _ ->
                throw Refusals.of(
                        ProblemType.NOT_FOUND, "There is no order " + wanted.order() + ", or it is not yours to pay");
            case Outcome.NotYet _ ->
                throw new ProblemException(Problem.of(ProblemType.ORDER_NOT_RESERVED, "Try again in a moment")
                        .retry(1));
            case Outcome.NotPayable(var end) -> throw Refusals.of(ProblemType.ORDER_NOT_PAYABLE, "The order is " + end);
            case Outcome.CalledOff _ ->
                throw Refusals.of(ProblemType.ORDER_NOT_PAYABLE, "The order has been cancelled");
            case Outcome.TooManyAttempts(int attempts) ->
                throw Refusals.of(
                        ProblemType.ORDER_NOT_PAYABLE,
                        "It was declined " + attempts
                                + " times, and cannot be tried again. Order again to pay by another card");
            case Outcome.UnknownMethod(var accepted) -> throw Refusals.unknownMethod(accepted, "/method");
            case Outcome.InFlight _ -> throw Refusals.requestInFlight();
            case Outcome.OtherRequest _ -> throw Refusals.idempotencyKeyReused();
        };
    }

    private Response methods(Request request) {
        return Response.json(200, PaymentMethodJson.write(methods.list()));
    }

    private Response find(Request request) {
        return view.find(request.path("orderId", OrderId::parse), request.caller())
                .map(payment -> Response.json(200, PaymentJson.write(payment)))
                .orElseThrow(() -> new ProblemException(request.notFound()));
    }

    private Response refund(Request request) {
        CustomerId employee = request.customer();
        IdempotencyKey key = request.idempotencyKey();
        RefundJson.RefundRequest wanted = request.jsonOrNothing(RefundJson::request);
        RefundOrder.Command command = new RefundOrder.Command(
                employee, key, request.path("orderId", OrderId::parse), wanted.amount(), wanted.goods());
        return switch (refund.refund(request.caller(), command)) {
            case RefundOrder.Outcome.Accepted(OrderId order, PaymentStatus status, boolean replayed) ->
                Response.json(202, PaymentJson.write(order, status)).replayed(replayed);
            case RefundOrder.Outcome.Refused(Refund.Refused why) -> throw refused(why);
            case RefundOrder.Outcome.NotFound _ -> throw new ProblemException(request.notFound());
            case RefundOrder.Outcome.InFlight _ -> throw Refusals.requestInFlight();
            case RefundOrder.Outcome.OtherRequest _ -> throw Refusals.idempotencyKeyReused();
        };
    }

    private static ProblemException refused(Refund.Refused why) {
        return switch (why) {
            case Refund.NothingPaid(PaymentStatus status) ->
                Refusals.of(ProblemType.NOTHING_PAID, "The payment is " + status);
            case Refund.NotThatMuch(Money left) ->
                Refusals.at(
                        ProblemType.REFUND_AMOUNT,
                        "/amount",
                        left.amount() == 0
                                ? "All that was paid has been given back already"
                                : "Give back more than nothing and at most " + MoneyJson.words(left));
            case Refund.GoodsOfAPart _ ->
                Refusals.at(
                        ProblemType.REFUND_GOODS,
                        "/goods",
                        "Put the pieces that came back on sale by POST /products/{id}/stock, and leave goods out here");
            case Refund.GoodsAreDecided(Goods goods) ->
                Refusals.of(
                        ProblemType.GOODS_DECIDED,
                        "Everything is given back, the goods being "
                                + goods.name().toLowerCase(Locale.ROOT)
                                + ". Adjust the stock of the products if that is not so any more");
            case Refund.UnderWay _ ->
                new ProblemException(
                        Problem.of(ProblemType.REFUND_UNDER_WAY, "Wait until it is done, and look at what is left")
                                .retry(1));
        };
    }
}
