package dev.hexmart.application;

import dev.hexmart.application.cart.CheckOutCart;
import dev.hexmart.application.cart.FillCart;
import dev.hexmart.application.cart.InMemoryCarts;
import dev.hexmart.application.cart.OrderPlacement;
import dev.hexmart.application.cart.OrderPlacement.Placement;
import dev.hexmart.application.catalog.AddProduct;
import dev.hexmart.application.catalog.AdjustStock;
import dev.hexmart.application.catalog.BrowseProducts;
import dev.hexmart.application.catalog.CatalogStore;
import dev.hexmart.application.catalog.EditProduct;
import dev.hexmart.application.catalog.HandleStockCommands;
import dev.hexmart.application.catalog.InMemoryCatalog;
import dev.hexmart.application.catalog.ListedProduct;
import dev.hexmart.application.catalog.Products;
import dev.hexmart.application.identity.Callers;
import dev.hexmart.application.identity.Credential;
import dev.hexmart.application.messaging.InMemoryBus;
import dev.hexmart.application.messaging.InMemoryMessages;
import dev.hexmart.application.messaging.MessagePublisher;
import dev.hexmart.application.messaging.OutboxRelay;
import dev.hexmart.application.ordering.AdvanceOrder;
import dev.hexmart.application.ordering.CancelOrder;
import dev.hexmart.application.ordering.FollowOrder;
import dev.hexmart.application.ordering.InMemoryOrdering;
import dev.hexmart.application.ordering.OrderingStore;
import dev.hexmart.application.ordering.PlaceOrder;
import dev.hexmart.application.ordering.PriceList.Offer;
import dev.hexmart.application.payment.HandlePaymentCommands;
import dev.hexmart.application.payment.InMemoryPaymentProvider;
import dev.hexmart.application.payment.InMemoryPayments;
import dev.hexmart.application.payment.OrderDirectory.Payable;
import dev.hexmart.application.payment.OrderDirectory.Payable.NoLonger.End;
import dev.hexmart.application.payment.PayOrder;
import dev.hexmart.application.payment.PaymentStore;
import dev.hexmart.application.payment.RefundOrder;
import dev.hexmart.application.payment.SettlePayment;
import dev.hexmart.application.payment.ViewPayment;
import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.domain.ordering.Order;
import dev.hexmart.domain.shared.Currency;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.PaymentMethod;
import dev.hexmart.domain.shared.ProductId;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The whole shop, every use case of it, on fakes alone.
 *
 * <p>Nothing happens by itself: a test has the relays run, the bus deliver, the provider asked and the time
 * pass, for example by {@link #settleDown}. The contexts call each other directly where services would over HTTP; a
 * customer's token is their id.
 */
public final class ShopOnFakes {

    public static final Duration TIME_TO_PAY = Duration.ofMinutes(15);
    public static final Set<PaymentMethod> METHODS =
            Set.of(InMemoryPaymentProvider.GOOD, InMemoryPaymentProvider.DECLINED, InMemoryPaymentProvider.LOST);

    private static final int AT_ONCE = 100;

    public final ManualClock clock = ManualClock.atNoon();
    public final InMemoryCarts carts = new InMemoryCarts();
    public final InMemoryCatalog catalog;
    public final InMemoryOrdering ordering;
    public final InMemoryPayments payments;
    public final InMemoryPaymentProvider provider;
    public final InMemoryBus bus;
    /** One a context. */
    public final List<OutboxRelay> relays;

    public final AddProduct addProduct;
    public final EditProduct editProduct;
    public final AdjustStock adjustStock;
    public final BrowseProducts browseProducts;
    public final FillCart fillCart;
    public final CheckOutCart checkOutCart;
    public final PlaceOrder placeOrder;
    public final AdvanceOrder advanceOrder;
    public final CancelOrder cancelOrder;
    public final FollowOrder followOrder;
    public final PayOrder payOrder;
    public final SettlePayment settlePayment;
    public final RefundOrder refundOrder;
    public final ViewPayment viewPayment;

    public ShopOnFakes() {
        this(Faults.NONE, UUID::randomUUID);
    }

    public ShopOnFakes(Faults faults, Supplier<UUID> ids) {
        InMemoryMessages messages = new InMemoryMessages(ids);
        catalog = new InMemoryCatalog(messages, clock);
        ordering = new InMemoryOrdering(messages, clock);
        payments = new InMemoryPayments(messages, clock);
        provider = new InMemoryPaymentProvider(faults::losesAnswer);
        bus = new InMemoryBus(messages);
        Transactor<CatalogStore> catalogWork = faults.aroundCatalog(catalog.transactor());
        Transactor<OrderingStore> orderingWork = faults.aroundOrdering(ordering.transactor());
        Transactor<PaymentStore> paymentWork = faults.aroundPayments(payments.transactor());

        addProduct = new AddProduct(catalogWork, Products.CURRENCIES, () -> new ProductId(ids.get()), clock);
        editProduct = new EditProduct(catalogWork, Products.CURRENCIES);
        adjustStock = new AdjustStock(catalogWork, clock);
        browseProducts = new BrowseProducts(catalogWork, Products.CURRENCIES);
        bus.forCatalog(faults.aroundHandler(new HandleStockCommands(catalogWork, clock)));

        placeOrder = new PlaceOrder(
                orderingWork,
                (products, _) -> offers(products),
                _ -> Optional.of(METHODS),
                new PlaceOrder.Terms(TIME_TO_PAY, Optional.empty(), 1000),
                () -> new OrderId(ids.get()),
                clock);
        advanceOrder = new AdvanceOrder(orderingWork, clock);
        cancelOrder = new CancelOrder(orderingWork, clock);
        followOrder = new FollowOrder(orderingWork, ordering.changes());
        bus.forOrdering(faults.aroundAdvanceOrder(advanceOrder, orderingWork));

        fillCart = new FillCart(carts, (products, _) -> currencies(products));
        checkOutCart = new CheckOutCart(carts, carts, this::place);

        settlePayment = new SettlePayment(paymentWork, faults.aroundProvider(provider), clock);
        payOrder = new PayOrder(paymentWork, (order, bearer) -> payable(order, bearer), settlePayment, provider, clock);
        refundOrder = new RefundOrder(paymentWork, _ -> {}, clock);
        viewPayment = new ViewPayment(paymentWork);
        bus.forPayment(faults.aroundHandler(new HandlePaymentCommands(paymentWork, _ -> {}, clock)));

        MessagePublisher publisher = faults.aroundBroker(bus);
        relays = List.of(
                new OutboxRelay(faults.aroundStore(catalog.queue()), publisher, clock),
                new OutboxRelay(faults.aroundStore(ordering.queue()), publisher, clock),
                new OutboxRelay(faults.aroundStore(payments.queue()), publisher, clock));
    }

    /** The token of a customer of this shop. */
    public static Credential credentialOf(CustomerId customer) {
        return new Credential(customer.toString());
    }

    /** Lets everything happen that is to happen by now. */
    public void settleDown() {
        boolean moved = true;
        while (moved) {
            moved = false;
            for (OutboxRelay relay : relays) {
                moved |= relay.relayBatch() > 0;
            }
            moved |= bus.deliverNext();
            List<OrderId> due = settlePayment.due(AT_ONCE);
            due.forEach(settlePayment::settle);
            moved |= !due.isEmpty();
        }
    }

    private Map<ProductId, Offer> offers(Collection<ProductId> wanted) {
        return browseProducts.findAll(List.copyOf(wanted)).stream()
                .collect(Collectors.toMap(listed -> listed.product().id(), ShopOnFakes::offer));
    }

    private static Offer offer(ListedProduct listed) {
        return new Offer(
                listed.product().details().name(), listed.product().details().price(), listed.available());
    }

    private Map<ProductId, Currency> currencies(Collection<ProductId> wanted) {
        return offers(wanted).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().price().currency()));
    }

    private Placement place(OrderPlacement.PlacementRequest request, Credential customer) {
        PlaceOrder.Command command = new PlaceOrder.Command(
                CustomerId.parse(customer.token()),
                request.key(),
                Optional.of(request.cart()),
                request.lines(),
                request.method(),
                request.expectedTotal());
        return switch (placeOrder.place(command, customer)) {
            case PlaceOrder.Outcome.Accepted it -> new Placement.Accepted(it.order(), it.total(), it.replayed());
            case PlaceOrder.Outcome.PriceChanged it -> new Placement.PriceChanged(it.actual());
            case PlaceOrder.Outcome.UnknownProducts it -> new Placement.UnknownProducts(it.products());
            case PlaceOrder.Outcome.UnknownMethod _ -> new Placement.Refused("There is no such payment method");
            case PlaceOrder.Outcome.AlreadyOrdered it -> new Placement.AlreadyOrdered(it.order());
            case PlaceOrder.Outcome.NotEnoughStock it -> new Placement.NotEnoughStock(it.shortages());
            case PlaceOrder.Outcome.TooManyUnpaid _ -> new Placement.TooManyUnpaid("Pay first");
            case PlaceOrder.Outcome.MixedCurrencies _ -> new Placement.Refused("Two currencies");
            case PlaceOrder.Outcome.TotalTooHigh _ -> new Placement.Refused("Too much for one order");
            case PlaceOrder.Outcome.InFlight _ -> new Placement.InFlight();
            case PlaceOrder.Outcome.OtherRequest _ -> new Placement.OtherRequest();
        };
    }

    private Payable payable(OrderId id, Credential bearer) {
        Function<Order, Payable> answer = order -> switch (order) {
            case Order.Placed _ -> new Payable.NotYet();
            case Order.Reserved it ->
                new Payable.Yes(it.purchase().customer(), it.purchase().total());
            case Order.Paid _ -> new Payable.NoLonger(End.PAID);
            case Order.Cancelled _ -> new Payable.NoLonger(End.CANCELLED);
            case Order.Refunded _ -> new Payable.NoLonger(End.REFUNDED);
        };
        return followOrder
                .find(id, Callers.customer(CustomerId.parse(bearer.token())))
                .map(answer)
                .orElseGet(Payable.NotFound::new);
    }
}
