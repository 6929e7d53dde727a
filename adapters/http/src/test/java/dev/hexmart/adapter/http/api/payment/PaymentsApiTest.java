package dev.hexmart.adapter.http.api.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.adapter.http.Answer;
import dev.hexmart.adapter.http.TestService;
import dev.hexmart.application.ManualClock;
import dev.hexmart.application.identity.Caller;
import dev.hexmart.application.identity.Callers;
import dev.hexmart.application.identity.Role;
import dev.hexmart.application.payment.InMemoryOrderDirectory;
import dev.hexmart.application.payment.InMemoryPaymentProvider;
import dev.hexmart.application.payment.InMemoryPayments;
import dev.hexmart.application.payment.ListPaymentMethods;
import dev.hexmart.application.payment.OrderDirectory.Payable;
import dev.hexmart.application.payment.PayOrder;
import dev.hexmart.application.payment.RefundOrder;
import dev.hexmart.application.payment.SettlePayment;
import dev.hexmart.application.payment.ViewPayment;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.OrderId;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaymentsApiTest {

    private final ManualClock clock = ManualClock.atNoon();
    private final InMemoryPayments payments = InMemoryPayments.create();
    private final InMemoryOrderDirectory orders = new InMemoryOrderDirectory();
    private final InMemoryPaymentProvider provider = InMemoryPaymentProvider.create();
    private final SettlePayment settlement = new SettlePayment(payments.transactor(), provider, clock);
    private final TestService service = TestService.of(new PaymentsApi(
                    new ListPaymentMethods(provider),
                    new PayOrder(payments.transactor(), orders, settlement, provider, clock),
                    new ViewPayment(payments.transactor()),
                    new RefundOrder(payments.transactor(), settlement::settle, clock))
            .routes());
    private final CustomerId alice = Callers.newCustomerId();
    private final Caller customer = Callers.customer(alice);
    private final OrderId order = new OrderId(UUID.randomUUID());

    @AfterEach
    void stop() {
        service.close();
    }

    private void isPayable() {
        orders.say(order, new Payable.Yes(alice, Money.of(1999, "EUR")));
    }

    private TestService.Call pay(String key, String more) {
        return service.call("POST", "/pay")
                .by(customer)
                .key(key)
                .json("{\"orderId\": \"%s\"%s}".formatted(order, more));
    }

    private TestService.Call refund(String key) {
        return service.call("POST", "/payments/" + order + "/refund")
                .by(Callers.employee())
                .key(key);
    }

    @Test
    void anOrderIsPaidWithTheUsualCardUnlessAnotherIsNamed() {
        isPayable();
        var answer = pay("k", "").send().hasStatus(200);
        assertThat(answer.json().getString("orderId")).isEqualTo(order.toString());
        assertThat(answer.json().getString("status")).isEqualTo("PAID");

        JsonObject payment =
                service.get("/payments/" + order, customer).hasStatus(200).json();
        assertThat(payment.getString("orderId")).isEqualTo(order.toString());
        assertThat(payment.getString("status")).isEqualTo("PAID");
        assertThat(payment.getString("method")).isEqualTo("card-ok");
        assertThat(payment.getJsonObject("amount").getInt("amount")).isEqualTo(1999);
    }

    @Test
    void aDeclinedCardIsAnAnswerToo() {
        isPayable();
        var answer = pay("k", ", \"method\": \"card-declined\"").send().hasStatus(200);
        assertThat(answer.json().getString("status")).isEqualTo("DECLINED");
    }

    @Test
    void anAnswerThatGotLostLeavesThePaymentPending() {
        isPayable();
        var answer = pay("k", ", \"method\": \"card-lost\"").send().hasStatus(200);
        assertThat(answer.json().getString("status")).isEqualTo("PENDING");
    }

    @Test
    void aRepeatedRequestGetsTheFirstAnswerAgain() {
        isPayable();
        var first = pay("k", "").send().hasStatus(200);
        var again = pay("k", "").send().hasStatus(200);
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(first.header("Idempotent-Replayed")).isEmpty();
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        pay("k", ", \"method\": \"card-declined\"").send().isProblem(422, "idempotency-key-reused");
    }

    @Test
    void anOrderThatIsNotReadyToBePaidIsWorthAnotherTry() {
        orders.say(order, new Payable.NotYet());
        var answer = pay("k", "").send().isProblem(409, "order-not-reserved");
        assertThat(answer.header("Retry-After")).isEqualTo("1");
    }

    @Test
    void anOrderThatIsPaidNoLongerSaysWhy() {
        orders.say(order, new Payable.NoLonger(Payable.NoLonger.End.CANCELLED));
        var answer = pay("k", "").send().isProblem(409, "order-not-payable");
        assertThat(answer.json().getString("detail")).isEqualTo("The order is CANCELLED");
    }

    @Test
    void anotherCustomersOrderIsNotFound() {
        Answer unknown = pay("a", "").send().isProblem(404, "not-found");
        orders.say(order, new Payable.Yes(Callers.newCustomerId(), Money.of(1999, "EUR")));
        Answer strange = pay("b", "").send().isProblem(404, "not-found");
        assertThat(strange.text()).isEqualTo(unknown.text());
    }

    @Test
    void methodsAreListedWithTheDefaultFirst() {
        var answer = service.get("/payments/methods", customer).hasStatus(200);
        assertThat(answer.strings("method")).containsExactly("card-ok", "card-declined", "card-lost");
        assertThat(answer.text()).startsWith("[{\"method\":\"card-ok\",\"name\":\"A good card\"");
        service.call("POST", "/payments/methods").by(customer).send().isProblem(405, "method-not-allowed");
    }

    @Test
    void paymentForAnotherUserIsForbidden() {
        isPayable();
        pay("k", ", \"userId\": \"" + Callers.newCustomerId() + "\"").send().isProblem(403, "forbidden");
        pay("k", ", \"userId\": \"" + alice + "\"").send().hasStatus(200);
    }

    @Test
    void aMeansOfPaymentThatIsNotTakenIsRefusedWithThoseThatAre() {
        isPayable();
        var answer = pay("k", ", \"method\": \"cheque\"").send().isProblem(422, "unknown-payment-method");
        assertThat(answer.faults()).containsExactly("/method");
        assertThat(answer.json().getString("detail")).contains("card-ok");
    }

    @Test
    void aKeyThatIsNeededIsAskedFor() {
        service.call("POST", "/pay")
                .by(customer)
                .json("{\"orderId\": \"" + order + "\"}")
                .send()
                .isProblem(400, "idempotency-key-missing");
        service.call("POST", "/payments/" + order + "/refund")
                .by(Callers.employee())
                .send()
                .isProblem(400, "idempotency-key-missing");
    }

    @Test
    void ordersOutageAllowsARetryWithTheSameKey() {
        orders.breakDown();
        pay("k", "").send().isProblem(503, "unavailable");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                                              | /orderId
            {"orderId": 7}                                                                  | /orderId
            {"orderId": "x"}                                                                | /orderId
            {"orderId": "0d4c2d5e-8a53-4a0e-9d6f-2f6a3c1b7e10", "amount": {"amount": 1}}    | /amount
            {"orderId": "0d4c2d5e-8a53-4a0e-9d6f-2f6a3c1b7e10", "method": ""}               | /method
            {"orderId": "0d4c2d5e-8a53-4a0e-9d6f-2f6a3c1b7e10", "method": {"a": 1}}         | /method
            """)
    void aBrokenRequestIsRefusedWithThePlace(String body, String pointer) {
        var answer = service.call("POST", "/pay")
                .by(customer)
                .key("k")
                .json(body)
                .send()
                .isProblem(400, "invalid-body");
        assertThat(answer.faults()).containsExactly(pointer);
    }

    @Test
    void aPaymentIsItsCustomersAndTheManagersBusiness() {
        isPayable();
        pay("k", "").send().hasStatus(200);
        service.get("/payments/" + order, Callers.employee()).hasStatus(200);
        service.get("/payments/" + order, Callers.customer(Callers.newCustomerId()))
                .isProblem(404, "not-found");
        for (String id : List.of(UUID.randomUUID().toString(), "nonsense")) {
            service.get("/payments/" + id, customer).isProblem(404, "not-found");
            service.call("POST", "/payments/" + id + "/refund")
                    .by(Callers.employee())
                    .key("k")
                    .send()
                    .isProblem(404, "not-found");
        }
    }

    @Test
    void aManagerGivesTheMoneyBackOnce() {
        isPayable();
        pay("k", "").send().hasStatus(200);
        var first = refund("r").send().hasStatus(202);
        assertThat(first.json().getString("orderId")).isEqualTo(order.toString());
        assertThat(first.json().getString("status")).isEqualTo("REFUNDING");
        assertThat(service.get("/payments/" + order, customer).json().getString("status"))
                .isEqualTo("REFUNDED");
        refund("another").send().hasStatus(202);
    }

    @Test
    void refundOfAnUnpaidOrderIsRefused() {
        isPayable();
        pay("k", ", \"method\": \"card-declined\"").send().hasStatus(200);
        refund("r").send().isProblem(409, "nothing-paid");
    }

    @Test
    void aRefundThatAsksForWhatIsNotDoneIsRefusedAndGivesNothingBack() {
        isPayable();
        pay("k", "").send().hasStatus(200);
        var refused = refund("r").json("{\"portion\": 500}").send().isProblem(400, "invalid-body");
        assertThat(refused.faults()).containsExactly("/portion");
        assertThat(service.get("/payments/" + order, customer).json().getString("status"))
                .isEqualTo("PAID");
        refund("r").json("{}").send().hasStatus(202);
    }

    @Test
    void anUnknownQueryParameterOfARefundIsRefused() {
        isPayable();
        pay("k", "").send().hasStatus(200);
        service.call("POST", "/payments/" + order + "/refund?amount=500")
                .by(Callers.employee())
                .key("r")
                .send()
                .isProblem(400, "invalid-parameter");
        assertThat(service.get("/payments/" + order, customer).json().getString("status"))
                .isEqualTo("PAID");
    }

    @Test
    void aPartIsGivenBackAndShownAndNeverMoreThanIsLeft() {
        isPayable();
        pay("k", "").send().hasStatus(200);
        refund("a")
                .json("{\"amount\": {\"amount\": 500, \"currency\": \"EUR\"}}")
                .send()
                .hasStatus(202);
        var payment = service.get("/payments/" + order, customer).json();
        assertThat(payment.getString("status")).isEqualTo("PAID");
        assertThat(payment.getJsonObject("refunded").getInt("amount")).isEqualTo(500);
        for (String amount :
                List.of("1500, \"currency\": \"EUR\"", "0, \"currency\": \"EUR\"", "5, \"currency\": \"USD\"")) {
            var refused = refund("b")
                    .json("{\"amount\": {\"amount\": " + amount + "}}")
                    .send()
                    .isProblem(422, "refund-amount");
            assertThat(refused.faults()).containsExactly("/amount");
            assertThat(refused.text()).contains("14.99 EUR");
        }
        refund("c")
                .json("{\"amount\": {\"amount\": 5, \"currency\": \"EUR\"}, \"goods\": \"returned\"}")
                .send()
                .isProblem(422, "refund-goods");
        refund("d").json("{\"goods\": \"lost\"}").send().isProblem(400, "invalid-body");
        refund("e").json("{\"goods\": \"outstanding\"}").send().hasStatus(202);
        assertThat(service.get("/payments/" + order, customer).json().getString("status"))
                .isEqualTo("REFUNDED");
        refund("f").json("{\"goods\": \"returned\"}").send().isProblem(409, "goods-decided");
        var nothingLeft = refund("g")
                .json("{\"amount\": {\"amount\": 1, \"currency\": \"EUR\"}}")
                .send()
                .isProblem(422, "refund-amount");
        assertThat(nothingLeft.text()).contains("All that was paid has been given back already");
    }

    @Test
    void aServiceGivesNothingBack() {
        var job = new Caller.Service("a-nightly-job", Set.of(Role.ORDERS_MANAGE));
        service.call("POST", "/payments/" + order + "/refund")
                .by(job)
                .key("k")
                .send()
                .isProblem(403, "forbidden");
    }
}
