package dev.hexmart.bootstrap.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.adapter.http.access.Access;
import dev.hexmart.adapter.http.access.RateLimits;
import dev.hexmart.adapter.http.exchange.Response;
import dev.hexmart.adapter.http.server.Route;
import dev.hexmart.adapter.json.Blueprint;
import dev.hexmart.adapter.json.Blueprint.Driver;
import dev.hexmart.adapter.json.Blueprint.Port;
import dev.hexmart.adapter.json.JsonInput;
import dev.hexmart.application.cart.CartRepository;
import dev.hexmart.application.cart.CartRepository.StoredCart;
import dev.hexmart.application.cart.CheckOutCart;
import dev.hexmart.application.cart.CheckoutAttempts;
import dev.hexmart.application.cart.FillCart;
import dev.hexmart.application.cart.OrderPlacement;
import dev.hexmart.application.cart.ProductDirectory;
import dev.hexmart.application.identity.Credential;
import dev.hexmart.application.messaging.MessagePublisher;
import dev.hexmart.application.messaging.OutboxMessage;
import dev.hexmart.application.messaging.OutboxQueue;
import dev.hexmart.application.messaging.OutboxRelay;
import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.bootstrap.runtime.Worker;
import dev.hexmart.domain.cart.Cart;
import dev.hexmart.domain.shared.CartVersion;
import dev.hexmart.domain.shared.Currency;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.ProductId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What is drawn of objects that are wired in this way and that; each port here has an adapter that does nothing. */
class SurveyTest {

    private final CartRepository carts = new ClayTablets();
    private final ProductDirectory products = new Shelf();
    private final CheckoutAttempts attempts = new Knots();
    private final OrderPlacement orders = new Pigeon();

    @Test
    void aPortStandsThereWithTheAdapterThatWasWired() {
        Blueprint blueprint = Survey.of(new Counter(new FillCart(carts, products)).routes(), List.of());

        assertThat(blueprint.drivers())
                .containsExactly(
                        new Driver("Counter", "service", List.of("GET /cart", "any /rest"), List.of("FillCart")));
        assertThat(blueprint.useCases()).containsExactly("FillCart");
        assertThat(blueprint.ports())
                .containsExactly(port("CartRepository", "ClayTablets"), port("ProductDirectory", "Shelf"));
    }

    @Test
    void aPortThatIsAddedAppearsAndOneThatIsRemovedGoes() {
        FillCart fill = new FillCart(carts, products);
        List<Port> before = Survey.of(new Counter(fill).routes(), List.of()).ports();
        CheckOutCart checkOut = new CheckOutCart(carts, attempts, orders);
        List<Port> added =
                Survey.of(new LongCounter(fill, checkOut).routes(), List.of()).ports();
        List<Port> removed =
                Survey.of(new LongCounter(checkOut).routes(), List.of()).ports();

        assertThat(added)
                .containsAll(before)
                .contains(port("CheckoutAttempts", "Knots"), port("OrderPlacement", "Pigeon"));
        assertThat(removed)
                .contains(port("CartRepository", "ClayTablets"))
                .doesNotContain(port("ProductDirectory", "Shelf"));
    }

    @Test
    void anotherAdapterTakesThePlaceOfTheOneBefore() {
        assertThat(Survey.of(new Counter(new FillCart(carts, new Catalogue())).routes(), List.of())
                        .ports())
                .containsExactly(port("CartRepository", "ClayTablets"), port("ProductDirectory", "Catalogue"));
    }

    @Test
    void decoratorsAndLambdasAreSeenThrough() {
        ProductDirectory watched = new Shelf()::currencies;
        Route wrapped = wrap(wrap(new Counter(new FillCart(new CountedCarts(new CountedCarts(carts)), watched))
                .routes()
                .getFirst()));

        Blueprint blueprint = Survey.of(List.of(wrapped), List.of());

        assertThat(blueprint.drivers())
                .containsExactly(new Driver("Counter", "service", List.of("GET /cart"), List.of("FillCart")));
        assertThat(blueprint.ports())
                .containsExactly(port("CartRepository", "ClayTablets"), port("ProductDirectory", "Shelf"));
    }

    @Test
    void whatATransactionCanReachIsDrawnAsWell() throws Exception {
        OutboxRelay relay = new OutboxRelay(new Ledger(), new Crier(), InstantSource.system());
        try (Worker worker = Worker.start("market day", Duration.ofDays(1), relay::relayAll)) {
            Runnable last = relay::relayAll;
            Blueprint blueprint = Survey.of(List.of(), List.of(worker, last, RateLimits.NONE));

            assertThat(blueprint.drivers())
                    .containsExactly(new Driver("market day", "runtime", List.of(), List.of("OutboxRelay")));
            assertThat(blueprint.ports())
                    .containsExactly(
                            port("MessagePublisher", "Crier"),
                            port("OutboxQueue", "Page"),
                            port("Transactor", "Ledger"));
        }
    }

    @Test
    void workOfOthersIsNotDrawn() {
        Counter counter = new Counter(new FillCart(carts, products));
        Route caller = Route.get("/bell", Access.OPEN, _ -> counter.serve());
        Blueprint blueprint = Survey.of(
                List.of(new Bell(counter).route(), caller, counter.routes().getFirst()), List.of());

        assertThat(blueprint.drivers())
                .containsExactly(
                        new Driver("Counter", "service", List.of("GET /bell", "GET /cart"), List.of("FillCart")),
                        new Driver("Bell", "service", List.of("GET /bell"), List.of()));
    }

    @Test
    void itIsReadAsItWasWritten() {
        Blueprint blueprint = Survey.of(new LongCounter(new CheckOutCart(carts, attempts, orders)).routes(), List.of());
        assertThat(JsonInput.parse(blueprint.json().toString()).as(Blueprint::read))
                .isEqualTo(blueprint);
    }

    private static Port port(String name, String adapter) {
        return new Port(name, adapter, "service");
    }

    private static Route wrap(Route route) {
        Shelf bystander = new Shelf();
        return Route.get(
                route.template(),
                route.access(),
                request -> bystander.isThere() ? route.handler().handle(request) : Response.empty(404));
    }

    private record Counter(FillCart fill) {
        List<Route> routes() {
            return List.of(
                    Route.get("/cart", Access.OPEN, _ -> serve()), Route.any("/rest", Access.OPEN, _ -> serve()));
        }

        Response serve() {
            return Response.content(200, "text/plain", fill.toString());
        }
    }

    private record LongCounter(List<Object> useCases) {
        LongCounter(Object... useCases) {
            this(List.of(useCases));
        }

        List<Route> routes() {
            return List.of(Route.get("/cart", Access.OPEN, _ -> Response.empty(200 + useCases.size())));
        }
    }

    private record Bell(Counter counter) {
        Route route() {
            return Route.get("/bell", Access.OPEN, _ -> counter().serve());
        }
    }

    private static final class ClayTablets implements CartRepository {
        @Override
        public StoredCart find(CustomerId owner) {
            throw new UnsupportedOperationException();
        }

        @Override
        public StoredCart recall(CustomerId owner) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<StoredCart> replace(StoredCart expected, Cart next) {
            return Optional.empty();
        }
    }

    private record CountedCarts(CartRepository carts) implements CartRepository {
        @Override
        public StoredCart find(CustomerId owner) {
            return carts.find(owner);
        }

        @Override
        public StoredCart recall(CustomerId owner) {
            return carts.recall(owner);
        }

        @Override
        public Optional<StoredCart> replace(StoredCart expected, Cart next) {
            return carts.replace(expected, next);
        }
    }

    private static final class Shelf implements ProductDirectory {
        boolean isThere() {
            return true;
        }

        @Override
        public Map<ProductId, Currency> currencies(Collection<ProductId> products, Credential customer) {
            return Map.of();
        }
    }

    private static final class Catalogue implements ProductDirectory {
        @Override
        public Map<ProductId, Currency> currencies(Collection<ProductId> products, Credential customer) {
            return Map.of();
        }
    }

    private static final class Knots implements CheckoutAttempts {
        @Override
        public CheckoutAttempt begin(CheckoutAttempt attempt) {
            return attempt;
        }

        @Override
        public boolean settle(CheckoutAttempt attempt, OrderId order, StoredCart expected, Cart next) {
            return false;
        }

        @Override
        public Optional<OrderId> orderOf(CustomerId customer, CartVersion version) {
            return Optional.empty();
        }

        @Override
        public void abandon(CheckoutAttempt attempt) {}
    }

    private static final class Pigeon implements OrderPlacement {
        @Override
        public Placement place(PlacementRequest request, Credential customer) {
            return new Placement.InFlight();
        }
    }

    private static final class Crier implements MessagePublisher {
        @Override
        public Set<UUID> publish(List<OutboxMessage> messages) {
            return Set.of();
        }
    }

    private static final class Ledger implements Transactor<OutboxQueue> {
        @Override
        public <R> R inTransaction(Function<? super OutboxQueue, ? extends R> work) {
            return work.apply(new Page());
        }

        @Override
        public <R> R reading(Function<? super OutboxQueue, ? extends R> work) {
            return work.apply(new Page());
        }
    }

    private static final class Page implements OutboxQueue {
        @Override
        public List<OutboxMessage> claim(int limit, Instant now, Instant until) {
            return List.of();
        }

        @Override
        public void markSent(Collection<UUID> ids, Instant at) {}

        @Override
        public void putOff(Collection<UUID> ids, Instant until) {}

        @Override
        public int forgetSentBefore(Instant time, int limit) {
            return 0;
        }

        @Override
        public Backlog backlog(Instant now) {
            return new Backlog(0, Duration.ZERO);
        }
    }
}
