package dev.hexmart.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.tools.bench.generator.Latency;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OrderLoadTest {

    private final StubShop shop = new StubShop();
    private final Client client = new Client();
    private Customers customers;

    @BeforeEach
    void signIn() {
        customers = Customers.signIn(shop.target(), client);
    }

    @AfterEach
    void close() {
        client.close();
        shop.close();
    }

    @Test
    void customersAreSixtyFourAndBuyTheProductsOfTheTarget() {
        assertThat(customers.shoppers()).hasSize(64);
        assertThat(customers.products()).containsExactly("product-1");
        assertThat(customers.restock()).isTrue();
    }

    @Test
    void fixedRateSendsItsOrdersAndTellsTheRefusedFromThePaid() {
        OrderLoad load = new OrderLoad(shop.address(), customers, client);

        Report.OrderRound round = load.look(new Meter.Measured<>(load.fixedRate(20, 1), Map.of("orders", 0.5)));

        assertThat(round.post().requests()).isEqualTo(20);
        assertThat(round.post().errors()).isEqualTo(4);
        assertThat(round.paid()).isEqualTo(16);
        assertThat(round.toPaidMs()).isEqualTo(new Latency(100, 100, 100, OptionalDouble.of(100)));
        assertThat(round.paidOnes().errors()).isEqualTo(4);
        assertThat(round.cpu()).containsEntry("orders", 0.5);
    }

    @Test
    void closedLoopSendsUntilTheTimeIsOver() {
        OrderLoad load = new OrderLoad(shop.address(), customers, client);

        OrderLoad.Placed placed = load.closedLoop(2, 1);

        assertThat(placed.post().requests()).isGreaterThan(2);
        assertThat(placed.post().seconds()).isEqualTo(1);
    }
}
