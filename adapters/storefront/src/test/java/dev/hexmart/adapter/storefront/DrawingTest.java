package dev.hexmart.adapter.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.adapter.storefront.ServiceView.Driver;
import dev.hexmart.adapter.storefront.ServiceView.Health;
import dev.hexmart.adapter.storefront.ServiceView.Port;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DrawingTest {

    private static final Driver API =
            new Driver("CartApi", "http", List.of("GET /cart"), List.of("GetCart", "AddLine"));
    private static final Driver HEALTH = new Driver("Health", "http", List.of("GET /health"), List.of());
    private static final Port CARTS = new Port("Carts", "RedisCarts", "redis");

    @Test
    void driverHasALineToEachUseCaseItDrives() {
        Drawing drawing = Drawing.of(service(List.of(API), List.of("GetCart", "Checkout", "AddLine"), List.of()));
        assertThat(lines(drawing, "drives"))
                .extracting(Drawing.Line::end)
                .containsExactly(middle(drawing, "GetCart"), middle(drawing, "AddLine"));
        assertThat(lines(drawing, "past")).isEmpty();
        assertThat(drawing.texts()).extracting(Drawing.Text::text).doesNotContain("no use case");
    }

    @Test
    void driverWithoutAUseCaseIsDrawnAsPastTheCore() {
        Drawing drawing = Drawing.of(service(List.of(API, HEALTH), List.of("GetCart", "AddLine"), List.of()));
        assertThat(lines(drawing, "past"))
                .singleElement()
                .extracting(Drawing.Line::end)
                .isEqualTo(middle(drawing, "no use case"));
        assertThat(lines(drawing, "drives")).hasSize(2);
    }

    @Test
    void portsOfOneTechnologyShareAHeading() {
        Drawing drawing = Drawing.of(service(
                List.of(API),
                List.of("GetCart", "AddLine"),
                List.of(
                        CARTS,
                        new Port("Prices", "HttpPrices", "http-client"),
                        new Port("Keys", "RedisKeys", "redis"))));
        assertThat(drawing.texts())
                .filteredOn(text -> text.text().equals("Redis"))
                .hasSize(1);
        assertThat(drawing.boxes()).extracting(Drawing.Box::kind).contains("at-redis", "at-httpclient");
        assertThat(lines(drawing, "driven")).hasSize(3);
    }

    @Test
    void hexagonIsHighEnoughForWhatIsDrawnBesideIt() {
        List<Port> many = IntStream.range(0, 30)
                .mapToObj(i -> new Port("Port " + i, "Adapter " + i, "postgres"))
                .toList();
        Drawing low = Drawing.of(service(List.of(API), List.of("GetCart", "AddLine"), List.of(CARTS)));
        Drawing high = Drawing.of(service(List.of(API), List.of("GetCart", "AddLine"), many));
        assertThat(high.height()).isGreaterThan(low.height());
        assertThat(high.boxes()).hasSize(2 + 2 * many.size()).allSatisfy(box -> {
            assertThat(box.x()).isNotNegative();
            assertThat(box.x() + box.width()).isLessThanOrEqualTo(Drawing.WIDTH);
            assertThat(box.y()).isNotNegative();
            assertThat(box.y() + box.height()).isLessThanOrEqualTo(high.height());
        });
    }

    private static ServiceView service(List<Driver> drivers, List<String> useCases, List<Port> ports) {
        return new ServiceView(
                "cart", "Carts", new Health(Health.State.READY, List.of()), drivers, useCases, ports, List.of());
    }

    private static List<Drawing.Line> lines(Drawing drawing, String kind) {
        return drawing.lines().stream().filter(line -> line.kind().equals(kind)).toList();
    }

    /** Half of what the text's line is above its base line. */
    private static int middle(Drawing drawing, String text) {
        return drawing.texts().stream()
                .filter(each -> each.text().equals(text))
                .mapToInt(each -> each.y() - 5)
                .findFirst()
                .orElseThrow();
    }
}
