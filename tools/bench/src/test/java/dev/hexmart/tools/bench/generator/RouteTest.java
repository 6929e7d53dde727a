package dev.hexmart.tools.bench.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RouteTest {

    private static final List<Shopper> SHOPPERS = List.of(
            new Shopper("one", "token-1", "session=1", "order-1"),
            new Shopper("two", "token-2", "session=2", "order-2"),
            new Shopper("three", "token-3", "session=3", "order-3"));

    @Test
    void requestsOfARouteAreOfAllShoppersAndAllProducts() {
        List<Route.Ask> asks = Route.PRODUCT.asks(SHOPPERS, List.of("a", "b"), 6);

        assertThat(asks).extracting(Route.Ask::path).contains("/products/a", "/products/b");
        assertThat(asks).extracting(Route.Ask::value).contains("Bearer token-1", "Bearer token-2", "Bearer token-3");
        assertThat(asks).doesNotHaveDuplicates();
    }

    @Test
    void pageRequestHasASessionAndItsShoppersOrder() {
        Route.Ask ask = Route.PAGE_ORDER.asks(SHOPPERS, List.of("a"), 2).getLast();

        assertThat(ask).isEqualTo(new Route.Ask("GET", "/shop/orders/order-2", "Cookie", "session=2", "text/html", ""));
    }

    @Test
    void requestIsALineWithTabsForWrk() {
        Route.Ask ask = Route.CART_ADD.asks(SHOPPERS, List.of("a"), 1).getFirst();

        assertThat(ask.line())
                .isEqualTo("POST\t/cart/add\tAuthorization\tBearer token-1\tapplication/json\t{\"productId\":\"a\"}");
    }
}
