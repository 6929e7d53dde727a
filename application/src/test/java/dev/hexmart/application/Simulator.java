package dev.hexmart.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.application.cart.CheckOutCart;
import dev.hexmart.application.cart.FillCart;
import dev.hexmart.application.cart.OrderPlacement.Placement;
import dev.hexmart.application.catalog.CatalogStore;
import dev.hexmart.application.catalog.ListedProduct;
import dev.hexmart.application.catalog.Products;
import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.idempotency.IdempotencyKey;
import dev.hexmart.application.identity.Caller;
import dev.hexmart.application.identity.Callers;
import dev.hexmart.application.identity.Role;
import dev.hexmart.application.messaging.Batch;
import dev.hexmart.application.messaging.MessageHandler;
import dev.hexmart.application.messaging.MessagePublisher;
import dev.hexmart.application.messaging.OutboxMessage;
import dev.hexmart.application.messaging.OutboxQueue;
import dev.hexmart.application.messaging.Received;
import dev.hexmart.application.ordering.OrderRepository.Filter;
import dev.hexmart.application.ordering.OrderRepository.OrderQuery;
import dev.hexmart.application.ordering.OrderingStore;
import dev.hexmart.application.payment.InMemoryPaymentProvider;
import dev.hexmart.application.payment.InMemoryPaymentProvider.Account;
import dev.hexmart.application.payment.PayOrder;
import dev.hexmart.application.payment.PaymentMethodOffer;
import dev.hexmart.application.payment.PaymentProvider;
import dev.hexmart.application.payment.PaymentStore;
import dev.hexmart.application.payment.RefundOrder;
import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.domain.catalog.Reservation;
import dev.hexmart.domain.catalog.Stock;
import dev.hexmart.domain.catalog.StockMovement;
import dev.hexmart.domain.messages.CheckoutEvent;
import dev.hexmart.domain.messages.Message;
import dev.hexmart.domain.ordering.Order;
import dev.hexmart.domain.ordering.OrderLine;
import dev.hexmart.domain.ordering.OrderStatus;
import dev.hexmart.domain.payment.Payment;
import dev.hexmart.domain.payment.Payment.Charge;
import dev.hexmart.domain.payment.ProviderAnswer;
import dev.hexmart.domain.shared.CartVersion;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.Goods;
import dev.hexmart.domain.shared.LineItem;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.PaymentMethod;
import dev.hexmart.domain.shared.ProductId;
import dev.hexmart.domain.shared.Quantity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A day in the shop that is decided by a seed alone: what customers and employees do, in which order things happen, and
 * what goes wrong meanwhile.
 *
 * <p>There is one thread. What runs at the same time elsewhere is interleaved here at every point at which a use case
 * leaves the process: around each transaction, and while the broker or the payment provider is asked. Transactions fail
 * before or in their commit or are run twice, messages are doubled, delayed, reordered and taken without a word, and
 * answers of the provider get lost. Then all faults end, everything is drained, and the invariants are checked.
 */
final class Simulator {

    private static final int STEPS = 250;
    private static final int CUSTOMERS = 4;
    private static final int PRODUCTS = 3;
    private static final int DEEPEST = 4;
    private static final int ROUNDS_TO_CATCH_UP = 3;
    private static final int ROUNDS_TO_DRAIN = 12;
    /** Of the provider, after many questions without an answer. */
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private static final Set<String> NOTED_AFTER_CANCELLATION = Set.of("PaymentCaptured", "PaymentRefunded");

    private final Random random;
    private final ShopOnFakes shop;
    private final List<CustomerId> customers;
    private final Caller.Person employee;
    private final List<ProductId> products;
    private final List<OrderId> orders = new ArrayList<>();
    private final Map<CustomerId, CheckOutCart.Command> unanswered = new LinkedHashMap<>();
    private final List<CheckOutCart.Command> underWay = new ArrayList<>();
    private final Map<CheckOutCart.Command, OrderId> accepted = new LinkedHashMap<>();
    private final Map<LineItemKey, Integer> filled = new LinkedHashMap<>();
    private final Map<UUID, OutboxMessage> sent = new LinkedHashMap<>();
    private final List<String> trace = new ArrayList<>();
    private final PlantedBug.Bug bug;
    private final Watch watch = new Watch();
    private final Set<Fault> faults = EnumSet.noneOf(Fault.class);
    private boolean faulty;
    private int depth;

    private Simulator(long seed, PlantedBug bug) {
        this.random = new Random(seed);
        this.bug = bug.plant();
        this.shop = new ShopOnFakes(new Trouble(), this::uuid);
        this.customers = IntStream.range(0, CUSTOMERS)
                .mapToObj(_ -> new CustomerId(uuid(), uuid()))
                .toList();
        this.employee = new Caller.Person(
                new CustomerId(uuid(), uuid()), "Carol", true, Set.of(Role.CATALOG_MANAGE, Role.ORDERS_MANAGE));
        this.products = IntStream.range(0, PRODUCTS)
                .mapToObj(_ -> Products.added(shop.addProduct, Products.kettleDetails(), 8 + random.nextInt(12)))
                .map(listed -> listed.product().id())
                .toList();
    }

    private record LineItemKey(CustomerId customer, ProductId product) {}

    /** What goes wrong on a day, and how often in percent of its occasions. */
    enum Fault {
        INTERLEAVING(12),
        STORE_AWAY(3),
        RUN_TWICE(5),
        COMMIT_FAILED(2),
        COMMIT_UNKNOWN(3),
        MESSAGE_NOT_TAKEN(5),
        CONFIRMATION_LOST(5),
        BROKER_AWAY(5),
        QUESTION_LOST(10),
        ANSWER_LOST(20),
        /** By what the day brings. */
        MESSAGE_DOUBLED(0),
        MESSAGE_HELD_BACK(0),
        MESSAGE_OVERTAKEN(0),
        MESSAGES_TOGETHER(0),
        MESSAGE_FAILED(0);

        private final int percent;

        Fault(int percent) {
            this.percent = percent;
        }
    }

    /**
     * What has happened on a day.
     *
     * @param trace one line for each step
     */
    record Day(List<String> trace, Set<Fault> faults, Set<Watch.Cell> cells) {}

    /** Lets the day pass, and returns what has happened; a broken invariant is an error that names the seed. */
    static Day run(long seed) {
        return run(seed, PlantedBug.NONE);
    }

    /** The same with a bug in the shop. */
    static Day run(long seed, PlantedBug bug) {
        Simulator simulator = new Simulator(seed, bug);
        try {
            simulator.live();
            simulator.drain();
            simulator.check();
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("Seed " + seed + " broke after " + String.join("\n  ", simulator.trace), e);
        }
        return new Day(simulator.trace, Set.copyOf(simulator.faults), simulator.watch.cells());
    }

    private void live() {
        faulty = true;
        for (int i = 0; i < STEPS; i++) {
            step();
        }
        faulty = false;
        shop.bus.deliverHeldBack();
    }

    private void step() {
        depth++;
        try {
            switch (random.nextInt(41)) {
                case 0, 1 -> fill(one(customers));
                case 2, 3, 4 -> checkOut(one(customers));
                case 5 -> pay();
                case 6, 7, 8 -> payOwn();
                case 9, 10 -> cancel();
                case 11, 12, 13 -> refund();
                case 14 -> tend();
                case 15, 16, 17, 18, 19, 20, 21, 22, 23, 24 -> relay();
                case 25, 26, 27, 28, 29, 30 -> deliver();
                case 31 -> duplicate();
                case 32, 33 -> holdBack();
                case 34, 35, 36, 37 -> settle();
                default -> passTime();
            }
        } catch (TemporaryFailure e) {
            note("  failed: " + e.getMessage());
        } finally {
            depth--;
        }
    }

    private void fill(CustomerId customer) {
        ProductId product = one(products);
        int pieces = 1 + random.nextInt(3);
        note("fill " + pieces);
        FillCart.Outcome outcome = shop.fillCart.add(
                customer, Set.of(), new LineItem(product, Quantity.of(pieces)), ShopOnFakes.credentialOf(customer));
        if (outcome instanceof FillCart.Outcome.Changed) {
            filled.merge(new LineItemKey(customer, product), pieces, Integer::sum);
        }
    }

    /**
     * A customer makes one checkout at a time. Who got no answer asks again, also while the first request is still under way, and
     * now and then a request that was answered is sent again.
     */
    private void checkOut(CustomerId customer) {
        if (!accepted.isEmpty() && chance(20)) {
            checkOut(one(List.copyOf(accepted.keySet())));
            return;
        }
        Optional<CheckOutCart.Command> twin = underWay.stream()
                .filter(command -> command.customer().equals(customer))
                .findFirst();
        CheckOutCart.Command command = twin.orElseGet(() -> unanswered.computeIfAbsent(customer, this::newCommand));
        underWay.add(command);
        try {
            checkOut(command);
        } finally {
            underWay.remove(command);
        }
    }

    private CheckOutCart.Command newCommand(CustomerId customer) {
        Optional<PaymentMethod> method = chance(30) ? Optional.empty() : Optional.of(anyMethod());
        Optional<Money> total = chance(80) ? Optional.empty() : Optional.of(Money.of(1999, "EUR"));
        Set<CartVersion> seen =
                chance(50) ? Set.of() : Set.of(shop.carts.find(customer).version());
        return new CheckOutCart.Command(customer, new IdempotencyKey(uuid().toString()), seen, method, total);
    }

    private void checkOut(CheckOutCart.Command command) {
        note("check out " + command.key());
        CheckOutCart.Outcome outcome =
                shop.checkOutCart.checkOut(command, ShopOnFakes.credentialOf(command.customer()));
        note("  " + outcome);
        switch (outcome) {
            case Placement.Accepted it -> {
                unanswered.remove(command.customer(), command);
                OrderId first = accepted.computeIfAbsent(command, _ -> it.order());
                assertThat(it.order()).as("one order a key").isEqualTo(first);
                if (!orders.contains(first)) {
                    orders.add(first);
                }
            }
            case CheckOutCart.Outcome.EmptyCart _,
                    CheckOutCart.Outcome.CartChanged _,
                    Placement.AlreadyOrdered _,
                    Placement.NotEnoughStock _,
                    Placement.TooManyUnpaid _,
                    Placement.PriceChanged _,
                    Placement.UnknownProducts _,
                    Placement.Refused _ -> unanswered.remove(command.customer(), command);
            case Placement.InFlight _ -> note("  asks again later");
            case Placement.OtherRequest _ -> throw new AssertionError("This key was used for one request only");
        }
    }

    private void pay() {
        if (orders.isEmpty()) {
            return;
        }
        OrderId order = recentOrder();
        CustomerId customer = one(customers);
        note("pay " + order);
        String key = "pay-" + random.nextInt(8) + "-" + order;
        PayOrder.Command command =
                new PayOrder.Command(customer, new IdempotencyKey(key), order, Optional.of(anyMethod()));
        note("  " + shop.payOrder.pay(command, ShopOnFakes.credentialOf(customer)));
    }

    /** Its own customer pays, who may have been declined before, and looks at what came of it. */
    private void payOwn() {
        if (orders.isEmpty()) {
            return;
        }
        OrderId order = recentOrder();
        CustomerId customer = shop.followOrder
                .find(order, employee)
                .map(found -> found.purchase().customer())
                .orElseThrow();
        note("pay one's own " + order);
        PayOrder.Command command =
                new PayOrder.Command(customer, new IdempotencyKey(uuid().toString()), order, Optional.of(anyMethod()));
        note("  " + shop.payOrder.pay(command, ShopOnFakes.credentialOf(customer)));
    }

    private void cancel() {
        if (!orders.isEmpty()) {
            OrderId order = recentOrder();
            note("cancel " + order);
            Caller caller = chance(50) ? employee : Callers.customer(one(customers));
            note("  " + shop.cancelOrder.cancel(order, caller).getClass().getSimpleName());
        }
    }

    private void refund() {
        if (!orders.isEmpty()) {
            OrderId order = orderToRefund();
            note("refund " + order);
            Optional<Money> amount =
                    chance(50) ? Optional.empty() : Optional.of(Money.of(1 + random.nextInt(2500), "EUR"));
            Optional<Goods> goods = chance(60) ? Optional.empty() : Optional.of(one(List.of(Goods.values())));
            String key = "refund-" + random.nextInt(8) + "-" + order;
            note("  "
                    + shop.refundOrder.refund(
                            Callers.employee(),
                            new RefundOrder.Command(employee.id(), new IdempotencyKey(key), order, amount, goods)));
        }
    }

    private void tend() {
        ProductId product = one(products);
        if (chance(50)) {
            int delta = random.nextBoolean() ? 1 + random.nextInt(5) : -1 - random.nextInt(5);
            note("adjust by " + delta);
            note("  " + shop.adjustStock.adjust(Callers.employee(), product, delta, "counted"));
        } else {
            note("change a price");
            long version = shop.browseProducts
                    .find(product)
                    .map(ListedProduct::product)
                    .orElseThrow()
                    .version();
            int price = random.nextBoolean() ? 1999 : 2999;
            note("  "
                    + shop.editProduct.revise(
                            Callers.employee(),
                            product,
                            version,
                            Products.details("Kettle", "", Products.KITCHEN, price)));
        }
    }

    private void relay() {
        note("relay");
        note("  sent " + one(shop.relays).relayBatch());
    }

    private void deliver() {
        if (shop.bus.waiting() > 0) {
            int place = random.nextInt(Math.min(shop.bus.waiting(), 5));
            int together = 1 + random.nextInt(4);
            note("deliver number " + place + " and " + together + " at most");
            if (place > 0) {
                faults.add(Fault.MESSAGE_OVERTAKEN);
            }
            shop.bus.deliverTogether(place, together);
        }
    }

    private void duplicate() {
        if (shop.bus.waiting() > 0) {
            note("duplicate");
            faults.add(Fault.MESSAGE_DOUBLED);
            shop.bus.duplicate(random.nextInt(shop.bus.waiting()));
        }
    }

    /** A message waits, as in the retry queue, while others go by; now and then all that wait go on. */
    private void holdBack() {
        if (chance(20)) {
            note("deliver what was held back");
            shop.bus.deliverHeldBack();
        } else if (shop.bus.waiting() > 0) {
            note("hold back");
            faults.add(Fault.MESSAGE_HELD_BACK);
            shop.bus.holdBack(random.nextInt(shop.bus.waiting()));
        }
    }

    private void settle() {
        List<OrderId> due = shop.settlePayment.due(10);
        if (!due.isEmpty()) {
            note("settle");
            shop.settlePayment.settle(one(due));
        }
    }

    private void passTime() {
        Duration time = chance(6) ? Duration.ofMinutes(random.nextInt(12)) : Duration.ofSeconds(random.nextInt(20));
        note("pass " + time);
        shop.clock.advance(time);
        note("  expired " + shop.advanceOrder.expireOverdue());
    }

    /** The faults are over: each request without an answer is sent again, time passes, and everything comes to its end. */
    private void drain() {
        for (int round = 0; round < ROUNDS_TO_CATCH_UP; round++) {
            List.copyOf(unanswered.values()).forEach(this::checkOut);
            shop.settleDown();
            shop.clock.advance(LONGEST_PAUSE);
        }
        shop.settleDown();
        orders().forEach(Simulator::checkProgress);
        for (int round = 0; round < ROUNDS_TO_DRAIN; round++) {
            List.copyOf(unanswered.values()).forEach(this::checkOut);
            shop.settleDown();
            shop.clock.advance(ShopOnFakes.TIME_TO_PAY);
            note("expired " + shop.advanceOrder.expireOverdue());
        }
        shop.settleDown();
    }

    private void check() {
        assertThat(unanswered).as("checkouts without an answer").isEmpty();
        assertThat(shop.bus.waiting()).as("messages on their way").isZero();
        for (Transactor<OutboxQueue> queue :
                List.of(shop.catalog.queue(), shop.ordering.queue(), shop.payments.queue())) {
            OutboxQueue.Backlog backlog = queue.inTransaction(it -> it.backlog(shop.clock.instant()));
            assertThat(backlog.size()).as("messages in an outbox").isZero();
        }
        assertThat(shop.settlePayment.due(1)).as("payments that are still due").isEmpty();
        List<Order> all = orders();
        assertThat(all.stream().map(Order::id))
                .as("every acknowledged order, one a key")
                .containsExactlyInAnyOrderElementsOf(accepted.values());
        assertThat(Set.copyOf(accepted.values())).hasSameSizeAs(accepted.keySet());
        assertThat(shop.provider.accounts().keySet())
                .as("orders that the provider knows")
                .isSubsetOf(accepted.values());
        all.forEach(this::checkOrder);
        products.forEach(product -> checkStock(product, all));
        customers.forEach(customer -> checkCart(customer, all));
    }

    private List<Order> orders() {
        return shop.ordering
                .transactor()
                .inTransaction(store -> store.orders()
                        .list(new OrderQuery(Optional.empty(), Filter.NONE, Optional.empty()), Integer.MAX_VALUE));
    }

    /** Once all messages are delivered an order waits for nothing but its customer, though its time is not over. */
    private static void checkProgress(Order order) {
        assertThat(order).isNotInstanceOf(Order.Placed.class);
        if (order instanceof Order.Reserved reserved
                && reserved.purchase().method().isPresent()) {
            assertThat(reserved.declined())
                    .as("declined attempts to pay %s", order)
                    .isPositive();
        }
    }

    private void checkOrder(Order order) {
        assertThat(order.status())
                .as("%s is at its end", order)
                .isIn(OrderStatus.PAID, OrderStatus.CANCELLED, OrderStatus.REFUNDED);
        Optional<Account> account = shop.provider.account(order.id());
        assertThat(account.map(Account::holdsMoney).orElse(false))
                .as("the shop has the money of %s", order)
                .isEqualTo(order.status() == OrderStatus.PAID);
        account.flatMap(Account::captured)
                .ifPresent(captured ->
                        assertThat(captured).isEqualTo(order.purchase().total()));
        Optional<Payment> payment = shop.payments
                .transactor()
                .inTransaction(store -> store.payments().find(order.id()));
        assertThat(payment.map(it -> it instanceof Payment.Captured || it instanceof Payment.PartRefunded)
                        .orElse(false))
                .as("our books say the same as the provider's about %s", order)
                .isEqualTo(order.status() == OrderStatus.PAID);
        if (order instanceof Order.Paid paid) {
            assertThat(account.orElseThrow().givenBack())
                    .as("what was given back of %s", order)
                    .isEqualTo(paid.refunded().amount());
            assertThat(payment.orElseThrow().refunded().map(Money::amount).orElse(0L))
                    .isEqualTo(paid.refunded().amount());
        }
        Optional<Reservation> reservation = shop.catalog
                .transactor()
                .inTransaction(store -> store.reservations().lock(order.id()));
        switch (reservation.orElseThrow()) {
            case Reservation.Committed _ ->
                assertThat(isSold(order)).as("%s is sold", order).isTrue();
            case Reservation.Held _ -> throw new AssertionError("Stock is still held for " + order);
            case Reservation.Rejected _, Reservation.Released _ ->
                assertThat(order.status()).isIn(OrderStatus.CANCELLED, OrderStatus.REFUNDED);
        }
        checkHistory(order);
    }

    /** Paid, or refunded without the goods having come back. */
    private boolean isSold(Order order) {
        return switch (order.status()) {
            case PAID -> true;
            case REFUNDED ->
                shop.payments
                                        .transactor()
                                        .inTransaction(store -> store.payments().find(order.id()))
                                        .orElseThrow()
                                instanceof Payment.Refunded it
                        && it.goods() == Goods.OUTSTANDING;
            case PENDING, RESERVED, CANCELLED -> false;
        };
    }

    private void checkHistory(Order order) {
        long notes = order.history().stream()
                .filter(entry -> entry.status() == OrderStatus.CANCELLED)
                .skip(1)
                .count();
        long reasons = sent.values().stream()
                .filter(message -> message.order().equals(order.id()))
                .filter(message -> NOTED_AFTER_CANCELLATION.contains(message.type()))
                .count();
        assertThat(notes).as("each message to %s has its effect once", order).isLessThanOrEqualTo(reasons);
        List<OrderStatus> path =
                order.history().stream().map(entry -> entry.status()).distinct().toList();
        assertThat(path)
                .isIn(
                        List.of(OrderStatus.PENDING, OrderStatus.RESERVED, OrderStatus.PAID),
                        List.of(OrderStatus.PENDING, OrderStatus.RESERVED, OrderStatus.PAID, OrderStatus.REFUNDED),
                        List.of(OrderStatus.PENDING, OrderStatus.RESERVED, OrderStatus.REFUNDED),
                        List.of(OrderStatus.PENDING, OrderStatus.RESERVED, OrderStatus.CANCELLED),
                        List.of(OrderStatus.PENDING, OrderStatus.CANCELLED));
    }

    /** What was ever delivered is on the shelf or was sold, and the ledger adds up to the stock. */
    private void checkStock(ProductId product, List<Order> all) {
        Stock stock = shop.catalog
                .transactor()
                .inTransaction(store -> store.stock().lock(List.of(product)))
                .values()
                .iterator()
                .next();
        List<StockMovement> ledger =
                shop.catalog.transactor().inTransaction(store -> store.stock().ledger(product, Integer.MAX_VALUE));
        int delivered = ledger.stream()
                .filter(movement -> movement.kind() == StockMovement.Kind.ADJUSTED)
                .mapToInt(StockMovement::available)
                .sum();
        int sold = all.stream()
                .filter(this::isSold)
                .mapToInt(order -> pieces(order, product))
                .sum();
        assertThat(stock).isEqualTo(new Stock(product, delivered - sold, 0));
        assertThat(ledger.stream().mapToInt(StockMovement::available).sum()).isEqualTo(stock.available());
        assertThat(ledger.stream().mapToInt(StockMovement::reserved).sum()).isEqualTo(stock.reserved());
    }

    /** What was ever put into a cart is still there or was ordered. */
    private void checkCart(CustomerId customer, List<Order> all) {
        for (ProductId product : products) {
            int ordered = all.stream()
                    .filter(order -> order.purchase().customer().equals(customer))
                    .mapToInt(order -> pieces(order, product))
                    .sum();
            int left = shop.carts.find(customer).cart().lines().stream()
                    .filter(line -> line.product().equals(product))
                    .mapToInt(line -> line.quantity().value())
                    .sum();
            assertThat(ordered + left)
                    .as("pieces in the cart and in the orders of %s", customer)
                    .isEqualTo(filled.getOrDefault(new LineItemKey(customer, product), 0));
        }
    }

    private static int pieces(Order order, ProductId product) {
        return order.purchase().lines().stream()
                .filter(line -> line.product().equals(product))
                .map(OrderLine::quantity)
                .mapToInt(Quantity::value)
                .sum();
    }

    private PaymentMethod anyMethod() {
        return one(List.of(
                InMemoryPaymentProvider.GOOD,
                InMemoryPaymentProvider.GOOD,
                InMemoryPaymentProvider.DECLINED,
                InMemoryPaymentProvider.LOST));
    }

    private OrderId orderToRefund() {
        List<OrderId> paid = orders().stream()
                .filter(Order.Paid.class::isInstance)
                .map(Order::id)
                .toList();
        return paid.isEmpty() || chance(40) ? recentOrder() : one(paid);
    }

    /** Most can still happen to these. */
    private OrderId recentOrder() {
        return one(orders.subList(Math.max(0, orders.size() - 4), orders.size()));
    }

    private <T> T one(List<T> things) {
        return things.get(random.nextInt(things.size()));
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private UUID uuid() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    private void note(String what) {
        trace.add(" ".repeat(depth) + what);
    }

    /** What others do at this moment. */
    private void meanwhile() {
        while (depth < DEEPEST && occurs(Fault.INTERLEAVING)) {
            note("meanwhile");
            watch.aside(this::step);
        }
    }

    private boolean occurs(Fault fault) {
        boolean occurs = faulty && chance(fault.percent);
        if (occurs) {
            faults.add(fault);
        }
        return occurs;
    }

    /** Everything that goes wrong, around the shop with its planted bug. */
    private final class Trouble implements Faults {

        @Override
        public <S> Transactor<S> aroundStore(Transactor<S> transactor) {
            return new TroubledTransactor<>(transactor);
        }

        @Override
        public Transactor<CatalogStore> aroundCatalog(Transactor<CatalogStore> transactor) {
            return aroundStore(bug.catalog(watch.aroundCatalog(transactor)));
        }

        @Override
        public Transactor<OrderingStore> aroundOrdering(Transactor<OrderingStore> transactor) {
            return aroundStore(bug.ordering(watch.aroundOrdering(transactor)));
        }

        @Override
        public Transactor<PaymentStore> aroundPayments(Transactor<PaymentStore> transactor) {
            return aroundStore(bug.payments(watch.aroundPayments(transactor)));
        }

        @Override
        public <M extends Message> MessageHandler<M> aroundHandler(MessageHandler<M> handler) {
            return new TroubledHandler<>(bug.handler(watch.aroundHandler(handler)));
        }

        @Override
        public MessageHandler<CheckoutEvent> aroundAdvanceOrder(
                MessageHandler<CheckoutEvent> handler, Transactor<OrderingStore> transactor) {
            return aroundHandler(bug.advanceOrder(handler, transactor));
        }

        @Override
        public PaymentProvider aroundProvider(PaymentProvider provider) {
            return bug.provider(new TroubledProvider(provider));
        }

        @Override
        public MessagePublisher aroundBroker(MessagePublisher publisher) {
            return bug.broker(messages -> publish(publisher, messages));
        }

        @Override
        public boolean losesAnswer() {
            meanwhile();
            return occurs(Fault.ANSWER_LOST);
        }

        private Set<UUID> publish(MessagePublisher publisher, List<OutboxMessage> messages) {
            meanwhile();
            List<OutboxMessage> taken = messages.stream()
                    .filter(_ -> !occurs(Fault.MESSAGE_NOT_TAKEN))
                    .toList();
            taken.forEach(message -> sent.put(message.id(), message));
            Set<UUID> confirmed = new HashSet<>(publisher.publish(taken));
            confirmed.removeIf(_ -> occurs(Fault.CONFIRMATION_LOST));
            if (occurs(Fault.BROKER_AWAY)) {
                throw new TemporaryFailure("the broker is away");
            }
            meanwhile();
            return confirmed;
        }
    }

    /** Only tells which way messages are delivered. */
    private final class TroubledHandler<M extends Message> implements MessageHandler<M> {

        private final MessageHandler<M> handler;

        TroubledHandler(MessageHandler<M> handler) {
            this.handler = handler;
        }

        @Override
        public void handle(Received<M> received) {
            noting(() -> handler.handle(received));
        }

        @Override
        public void handleTogether(Batch<M> batch) {
            faults.add(Fault.MESSAGES_TOGETHER);
            noting(() -> handler.handleTogether(batch));
        }

        private void noting(Runnable work) {
            try {
                work.run();
            } catch (TemporaryFailure e) {
                faults.add(Fault.MESSAGE_FAILED);
                throw e;
            }
        }
    }

    private final class TroubledProvider implements PaymentProvider {

        private final PaymentProvider provider;

        TroubledProvider(PaymentProvider provider) {
            this.provider = provider;
        }

        @Override
        public List<PaymentMethodOffer> methods() {
            return provider.methods();
        }

        @Override
        public ProviderAnswer.ToCapture capture(Charge charge) {
            return occurs(Fault.QUESTION_LOST) ? new ProviderAnswer.ToCapture.NoAnswer() : provider.capture(charge);
        }

        @Override
        public ProviderAnswer.ToRefund refundPart(OrderId order, int number, Money part) {
            return occurs(Fault.QUESTION_LOST)
                    ? new ProviderAnswer.ToRefund.NoAnswer()
                    : provider.refundPart(order, number, part);
        }

        @Override
        public ProviderAnswer.ToRefund refund(OrderId order) {
            return occurs(Fault.QUESTION_LOST) ? new ProviderAnswer.ToRefund.NoAnswer() : provider.refund(order);
        }
    }

    private final class TroubledTransactor<S> implements Transactor<S> {

        private final Transactor<S> transactor;

        TroubledTransactor(Transactor<S> transactor) {
            this.transactor = transactor;
        }

        @Override
        public <R> R inTransaction(Function<? super S, ? extends R> work) {
            meanwhile();
            if (occurs(Fault.STORE_AWAY)) {
                throw new TemporaryFailure("the store is away");
            }
            if (occurs(Fault.RUN_TWICE)) {
                rollBack(work);
                note("  and run again");
            }
            if (occurs(Fault.COMMIT_FAILED)) {
                rollBack(work);
                throw new TemporaryFailure("the store went away before the commit");
            }
            R result = transactor.inTransaction(work);
            if (occurs(Fault.COMMIT_UNKNOWN)) {
                throw new TemporaryFailure("the connection was lost in the commit");
            }
            meanwhile();
            return result;
        }

        @Override
        public <R> R reading(Function<? super S, ? extends R> work) {
            meanwhile();
            if (occurs(Fault.STORE_AWAY)) {
                throw new TemporaryFailure("the store is away");
            }
            return transactor.reading(work);
        }

        private void rollBack(Function<? super S, ?> work) {
            try {
                transactor.inTransaction(store -> {
                    throw new RolledBack(work.apply(store));
                });
            } catch (RolledBack _) {
                note("  rolled back");
            }
        }
    }

    private static final class RolledBack extends RuntimeException {

        private static final long serialVersionUID = 1L;

        RolledBack(Object result) {
            super("Rolled back: " + result);
        }
    }
}
