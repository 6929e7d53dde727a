package dev.hexmart.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.application.cart.CheckOutCart;
import dev.hexmart.application.cart.FillCart;
import dev.hexmart.application.cart.OrderPlacement.Placement;
import dev.hexmart.application.catalog.EditProduct;
import dev.hexmart.application.catalog.ListedProduct;
import dev.hexmart.application.catalog.ProductQuery;
import dev.hexmart.application.catalog.Products;
import dev.hexmart.application.idempotency.IdempotencyKey;
import dev.hexmart.application.identity.Callers;
import dev.hexmart.application.messaging.OutboxRelay;
import dev.hexmart.application.ordering.CancelOrder;
import dev.hexmart.application.ordering.OrderRepository;
import dev.hexmart.application.payment.InMemoryPaymentProvider;
import dev.hexmart.application.payment.PayOrder;
import dev.hexmart.application.payment.RefundOrder;
import dev.hexmart.application.transaction.AtOnce;
import dev.hexmart.domain.catalog.Stock;
import dev.hexmart.domain.ordering.CancellationReason;
import dev.hexmart.domain.ordering.HistoryEntry;
import dev.hexmart.domain.ordering.HistoryNote;
import dev.hexmart.domain.ordering.Order;
import dev.hexmart.domain.ordering.OrderStatus;
import dev.hexmart.domain.payment.PaymentStatus;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.LineItem;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.PaymentMethod;
import dev.hexmart.domain.shared.ProductId;
import dev.hexmart.domain.shared.Quantity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TheShopOnFakesTest {

    private final ShopOnFakes shop = new ShopOnFakes();
    private final CustomerId alice = Callers.newCustomerId();
    private final ProductId kettle = Products.added(shop.addProduct, Products.kettleDetails(), 100)
            .product()
            .id();

    @Test
    void aCustomerBuysWhatIsInTheCartAndItIsPaidByItself() {
        ListedProduct found = shop.browseProducts
                .list(new ProductQuery("kettle", Optional.empty(), ProductQuery.Sort.NAME, Optional.empty()), 10)
                .products()
                .getFirst();
        fill(alice, found.product().id(), 2);

        CheckOutCart.Outcome outcome = checkOut(alice, "key", Optional.of(InMemoryPaymentProvider.GOOD));

        OrderId order = ((Placement.Accepted) outcome).order();
        assertThat(outcome).isEqualTo(new Placement.Accepted(order, Money.of(3998, "EUR"), false));
        assertThat(status(order)).isEqualTo(OrderStatus.PENDING);
        assertThat(shop.fillCart.view(alice).cart().isEmpty()).isTrue();
        shop.settleDown();
        assertThat(order(order).history())
                .extracting(HistoryEntry::status)
                .containsExactly(OrderStatus.PENDING, OrderStatus.RESERVED, OrderStatus.PAID);
        assertThat(shop.viewPayment
                        .find(order, Callers.customer(alice))
                        .orElseThrow()
                        .status())
                .isEqualTo(PaymentStatus.PAID);
        assertThat(shop.provider.account(order).orElseThrow().captured()).contains(Money.of(3998, "EUR"));
        assertThat(stock()).isEqualTo(new Stock(kettle, 98, 0));
    }

    @Test
    void checkoutWithoutAMethodIsPaidLater() {
        OrderId order = bought(alice, 1, Optional.empty());
        shop.settleDown();
        assertThat(status(order)).isEqualTo(OrderStatus.RESERVED);
        assertThat(stock()).isEqualTo(new Stock(kettle, 99, 1));
        assertThat(pay(order)).isEqualTo(new PayOrder.Outcome.Accepted(order, PaymentStatus.PAID, false));
        shop.settleDown();
        assertThat(status(order)).isEqualTo(OrderStatus.PAID);
        assertThat(stock()).isEqualTo(new Stock(kettle, 99, 0));
    }

    @Test
    void unpaidOrderExpiresAndReleasesItsStock() {
        OrderId order = bought(alice, 1, Optional.empty());
        shop.settleDown();
        shop.clock.advance(ShopOnFakes.TIME_TO_PAY);
        assertThat(shop.advanceOrder.expireOverdue()).isEqualTo(1);
        shop.settleDown();
        assertCancelled(order, CancellationReason.EXPIRED);
        assertThat(stock()).isEqualTo(new Stock(kettle, 100, 0));
        assertThat(pay(order)).isInstanceOf(PayOrder.Outcome.NotPayable.class);
    }

    @Test
    void afterADeclinedCardTheStockIsHeldAndAnotherCardPays() {
        OrderId order = bought(alice, 5, Optional.of(InMemoryPaymentProvider.DECLINED));
        shop.settleDown();
        assertThat(status(order)).isEqualTo(OrderStatus.RESERVED);
        assertThat(stock()).isEqualTo(new Stock(kettle, 95, 5));
        assertThat(pay(order)).isEqualTo(new PayOrder.Outcome.Accepted(order, PaymentStatus.PAID, false));
        shop.settleDown();
        assertThat(order(order).history())
                .extracting(HistoryEntry::note)
                .contains(new HistoryNote.PaymentDeclined("The card was declined"), HistoryNote.Milestone.PAID);
        assertThat(stock()).isEqualTo(new Stock(kettle, 95, 0));
    }

    @Test
    void declinedOrderIsCancelledAtItsDeadlineAndReleasesItsStock() {
        OrderId order = bought(alice, 5, Optional.of(InMemoryPaymentProvider.DECLINED));
        shop.settleDown();
        shop.clock.advance(ShopOnFakes.TIME_TO_PAY);
        shop.advanceOrder.expireOverdue();
        shop.settleDown();
        assertThat(pay(order)).isInstanceOf(PayOrder.Outcome.CalledOff.class);
        assertCancelled(order, CancellationReason.PAYMENT_DECLINED);
        assertThat(stock()).isEqualTo(new Stock(kettle, 100, 0));
        assertHasNoMoney(order);
    }

    @Test
    void lateOrderIsCancelledAsSoldOut() {
        bought(alice, 99, Optional.of(InMemoryPaymentProvider.GOOD));
        OrderId late = bought(Callers.newCustomerId(), 2, Optional.of(InMemoryPaymentProvider.GOOD));
        shop.settleDown();
        assertCancelled(late, CancellationReason.SOLD_OUT);
        assertThat(stock()).isEqualTo(new Stock(kettle, 1, 0));
        assertHasNoMoney(late);
    }

    @Test
    void lostAnswerIsRetried() {
        OrderId order = bought(alice, 1, Optional.of(InMemoryPaymentProvider.LOST));
        shop.settleDown();
        assertThat(status(order)).isEqualTo(OrderStatus.RESERVED);
        shop.clock.advance(Duration.ofSeconds(1));
        shop.settleDown();
        assertThat(status(order)).isEqualTo(OrderStatus.PAID);
    }

    @Test
    void lateCaptureOfAnExpiredOrderIsRefunded() {
        OrderId order = bought(alice, 1, Optional.of(InMemoryPaymentProvider.LOST));
        shop.settleDown();
        shop.clock.advance(ShopOnFakes.TIME_TO_PAY);
        shop.advanceOrder.expireOverdue();
        shop.settleDown();
        assertCancelled(order, CancellationReason.EXPIRED);
        assertHasNoMoney(order);
        assertThat(stock()).isEqualTo(new Stock(kettle, 100, 0));
    }

    @Test
    void cancelledOrderIsFullyCompensated() {
        OrderId order = bought(alice, 1, Optional.empty());
        shop.settleDown();
        assertThat(shop.cancelOrder.cancel(order, Callers.customer(alice)))
                .isInstanceOf(CancelOrder.Outcome.Cancelled.class);
        shop.settleDown();
        assertCancelled(order, CancellationReason.ON_REQUEST);
        assertThat(stock()).isEqualTo(new Stock(kettle, 100, 0));
    }

    @Test
    void immediateCancellationIsFullyCompensated() {
        OrderId order = bought(alice, 1, Optional.of(InMemoryPaymentProvider.GOOD));
        shop.cancelOrder.cancel(order, Callers.customer(alice));
        shop.settleDown();
        assertCancelled(order, CancellationReason.ON_REQUEST);
        assertThat(stock()).isEqualTo(new Stock(kettle, 100, 0));
        assertHasNoMoney(order);
    }

    @Test
    void anEmployeeGivesTheMoneyBackAndTheStockIsBackToo() {
        OrderId order = bought(alice, 3, Optional.of(InMemoryPaymentProvider.GOOD));
        shop.settleDown();
        assertThat(shop.refundOrder.refund(
                        Callers.employee(),
                        new RefundOrder.Command(
                                Callers.employee().id(),
                                new IdempotencyKey("key"),
                                order,
                                Optional.empty(),
                                Optional.empty())))
                .isEqualTo(new RefundOrder.Outcome.Accepted(order, PaymentStatus.REFUNDING, false));
        shop.settleDown();
        assertThat(status(order)).isEqualTo(OrderStatus.REFUNDED);
        assertThat(stock()).isEqualTo(new Stock(kettle, 100, 0));
        assertHasNoMoney(order);
    }

    @Test
    void raisedPriceIsNotChargedSilently() {
        fill(alice, kettle, 1);
        EditProduct.Outcome revised = shop.editProduct.revise(
                Callers.employee(), kettle, 1, Products.details("Kettle", "", Products.KITCHEN, 2999));
        assertThat(revised).isInstanceOf(EditProduct.Outcome.Done.class);
        CheckOutCart.Command command = new CheckOutCart.Command(
                alice, new IdempotencyKey("key"), Set.of(), Optional.empty(), Optional.of(Money.of(1999, "EUR")));
        assertThat(shop.checkOutCart.checkOut(command, ShopOnFakes.credentialOf(alice)))
                .isEqualTo(new Placement.PriceChanged(Money.of(2999, "EUR")));
        assertThat(shop.fillCart.view(alice).cart().lines()).containsExactly(new LineItem(kettle, Quantity.of(1)));
    }

    @Test
    void unavailableProductIsNotBought() {
        fill(alice, kettle, 1);
        shop.editProduct.remove(Callers.employee(), kettle, 1);
        assertThat(checkOut(alice, "key", Optional.empty())).isEqualTo(new Placement.UnknownProducts(List.of(kettle)));
    }

    @Test
    void ofFourHundredBuyersOfAHundredPiecesAHundredAreServed() {
        int buyers = 400;
        // Whose cart is looked at when nothing is left is told so, and makes no order.
        List<CheckOutCart.Outcome> outcomes = AtOnce.times(buyers, () -> {
            CustomerId buyer = Callers.newCustomerId();
            fill(buyer, kettle, 1);
            CheckOutCart.Outcome outcome = checkOut(buyer, "key", Optional.of(InMemoryPaymentProvider.GOOD));
            work();
            return outcome;
        });
        shop.settleDown();
        assertThat(outcomes).hasOnlyElementsOfTypes(Placement.Accepted.class, Placement.NotEnoughStock.class);
        List<OrderId> orders = outcomes.stream()
                .filter(Placement.Accepted.class::isInstance)
                .map(outcome -> ((Placement.Accepted) outcome).order())
                .toList();
        assertThat(orders).doesNotHaveDuplicates();
        List<OrderId> paid = orders.stream()
                .filter(order -> status(order) == OrderStatus.PAID)
                .toList();
        assertThat(paid).hasSize(100);
        assertThat(stock()).isEqualTo(new Stock(kettle, 0, 0));
        for (OrderId order : orders) {
            if (paid.contains(order)) {
                assertThat(shop.provider.account(order).orElseThrow().holdsMoney())
                        .isTrue();
            } else {
                assertCancelled(order, CancellationReason.SOLD_OUT);
                assertHasNoMoney(order);
            }
        }
    }

    @Test
    void hundredRepeatsOfACheckoutMakeOneOrder() {
        fill(alice, kettle, 1);
        List<CheckOutCart.Outcome> outcomes = AtOnce.times(100, () -> {
            CheckOutCart.Outcome outcome = checkOut(alice, "key", Optional.of(InMemoryPaymentProvider.GOOD));
            work();
            return outcome;
        });
        shop.settleDown();
        OrderId order =
                ((Placement.Accepted) checkOut(alice, "key", Optional.of(InMemoryPaymentProvider.GOOD))).order();
        Money total = Money.of(1999, "EUR");
        assertThat(outcomes).containsOnlyOnce(new Placement.Accepted(order, total, false));
        assertThat(outcomes)
                .isSubsetOf(
                        new Placement.Accepted(order, total, false),
                        new Placement.Accepted(order, total, true),
                        new Placement.InFlight());
        assertThat(shop.followOrder
                        .list(Callers.employee(), OrderRepository.Filter.NONE, Optional.empty(), 100)
                        .orders())
                .hasSize(1);
        assertThat(stock()).isEqualTo(new Stock(kettle, 99, 0));
    }

    /** One step of the work that is due, of any order. */
    private void work() {
        shop.relays.forEach(OutboxRelay::relayBatch);
        shop.bus.deliverNext();
        shop.settlePayment.due(1).forEach(shop.settlePayment::settle);
    }

    private OrderId bought(CustomerId customer, int pieces, Optional<PaymentMethod> method) {
        fill(customer, kettle, pieces);
        CheckOutCart.Outcome outcome = checkOut(customer, "key", method);
        assertThat(outcome).isInstanceOf(Placement.Accepted.class);
        return ((Placement.Accepted) outcome).order();
    }

    private void fill(CustomerId customer, ProductId product, int pieces) {
        FillCart.Outcome outcome = shop.fillCart.add(
                customer, Set.of(), new LineItem(product, Quantity.of(pieces)), ShopOnFakes.credentialOf(customer));
        assertThat(outcome).isInstanceOf(FillCart.Outcome.Changed.class);
    }

    private CheckOutCart.Outcome checkOut(CustomerId customer, String key, Optional<PaymentMethod> method) {
        return shop.checkOutCart.checkOut(
                new CheckOutCart.Command(customer, new IdempotencyKey(key), Set.of(), method, Optional.empty()),
                ShopOnFakes.credentialOf(customer));
    }

    private PayOrder.Outcome pay(OrderId order) {
        return shop.payOrder.pay(
                new PayOrder.Command(
                        alice, new IdempotencyKey("pay-" + order), order, Optional.of(InMemoryPaymentProvider.GOOD)),
                ShopOnFakes.credentialOf(alice));
    }

    private Order order(OrderId id) {
        return shop.followOrder.find(id, Callers.employee()).orElseThrow();
    }

    private OrderStatus status(OrderId id) {
        return order(id).status();
    }

    private Stock stock() {
        return shop.catalog
                .transactor()
                .inTransaction(store -> store.stock().lock(List.of(kettle)))
                .values()
                .iterator()
                .next();
    }

    private void assertCancelled(OrderId id, CancellationReason reason) {
        assertThat(order(id))
                .isInstanceOfSatisfying(
                        Order.Cancelled.class, it -> assertThat(it.reason()).isEqualTo(reason));
    }

    private void assertHasNoMoney(OrderId order) {
        assertThat(shop.provider.account(order).filter(InMemoryPaymentProvider.Account::holdsMoney))
                .isEmpty();
    }
}
