package dev.hexmart.adapter.httpclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import dev.hexmart.adapter.httpclient.StubService.Received;
import dev.hexmart.adapter.json.Json;
import dev.hexmart.adapter.json.OrderJson;
import dev.hexmart.application.failure.PermanentFailure;
import dev.hexmart.application.identity.Callers;
import dev.hexmart.application.identity.Credential;
import dev.hexmart.application.ordering.Orders;
import dev.hexmart.application.ordering.Purchases;
import dev.hexmart.application.payment.OrderDirectory;
import dev.hexmart.application.payment.OrderDirectory.Payable;
import dev.hexmart.application.payment.OrderDirectory.Payable.NoLonger.End;
import dev.hexmart.application.payment.OrderDirectoryContract;
import dev.hexmart.domain.ordering.Order;
import dev.hexmart.domain.ordering.OrderLine;
import dev.hexmart.domain.ordering.Purchase;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.ProductId;
import dev.hexmart.domain.shared.Quantity;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpOrderDirectoryTest extends OrderDirectoryContract {

    private static final Credential CREDENTIAL = new Credential("the-customers-token");
    private static final Money PRICE = Money.of(1999, "EUR");

    private final Queue<Order> said = new ConcurrentLinkedQueue<>();
    private final StubService service = new StubService(this::orders);
    private final ServiceClient client = Clients.of(service);

    @AfterEach
    void close() {
        client.close();
        service.close();
    }

    static Stream<Order> ordersThatAreNotToBePaid() {
        return Stream.of(Orders.paid(), Orders.cancelled(), Orders.refunded());
    }

    @ParameterizedTest
    @MethodSource("ordersThatAreNotToBePaid")
    void unpayableOrderIsReturnedWithItsStatus(Order order) {
        said.add(order);
        assertThat(directory().find(order.id(), CREDENTIAL))
                .isEqualTo(new Payable.NoLonger(End.valueOf(order.status().name())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "userId", "total"})
    void anOrderThatLacksWhatMattersIsAPermanentFailure(String member) {
        Order order = Orders.reserved();
        var lacking = Json.object();
        OrderJson.write(order).forEach((name, value) -> {
            if (!name.equals(member)) {
                lacking.add(name, value);
            }
        });
        assertThatFindingFails(order, lacking.build().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"SHIPPED", "reserved", ""})
    void unknownStatusIsAPermanentFailure(String status) {
        Order order = Orders.reserved();
        assertThatFindingFails(
                order,
                OrderJson.write(order).toString().replace("\"status\":\"RESERVED\"", "\"status\":\"" + status + "\""));
    }

    private static void assertThatFindingFails(Order order, String answer) {
        try (var odd = StubService.answering(200, Map.of("Content-Type", "application/json"), answer);
                var asking = Clients.of(odd)) {
            var directory = new HttpOrderDirectory(asking);
            assertThatThrownBy(() -> directory.find(order.id(), CREDENTIAL)).isInstanceOf(PermanentFailure.class);
        }
    }

    @Override
    protected OrderDirectory directory() {
        return new HttpOrderDirectory(client);
    }

    @Override
    protected void theOrdersSay(OrderId about, Payable... inTurn) {
        for (Payable payable : inTurn) {
            switch (payable) {
                case Payable.Yes(CustomerId customer, Money total) ->
                    said.add(Orders.reserved(purchase(about, customer, total)));
                case Payable.NotYet _ -> said.add(Orders.placed(purchase(about, Callers.newCustomerId(), PRICE)));
                case Payable.NoLonger _ -> said.add(Orders.cancelled(purchase(about, Callers.newCustomerId(), PRICE)));
                case Payable.NotFound _ -> said.clear();
            }
        }
    }

    @Override
    protected void breakOrders() {
        service.close();
    }

    @Override
    protected Credential lastCredential() {
        return service.last().credential();
    }

    private void orders(Received request, HttpExchange exchange) throws IOException {
        Optional<Order> order = Optional.ofNullable(said.size() > 1 ? said.poll() : said.peek())
                .filter(it -> request.method().equals("GET"))
                .filter(it -> request.target().equals("/orders/" + it.id()));
        if (order.isPresent()) {
            Answers.json(exchange, 200, OrderJson.write(order.get()));
        } else {
            Answers.notFound(exchange);
        }
    }

    private static Purchase purchase(OrderId id, CustomerId customer, Money total) {
        return new Purchase(
                id,
                customer,
                List.of(new OrderLine(new ProductId(UUID.randomUUID()), "Kettle", total, Quantity.of(1))),
                Optional.empty(),
                Purchases.PLACED_AT,
                Purchases.PLACED_AT.plus(Purchases.TIME_TO_PAY));
    }
}
