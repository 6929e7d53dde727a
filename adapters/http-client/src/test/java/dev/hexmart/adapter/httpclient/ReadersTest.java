package dev.hexmart.adapter.httpclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.application.failure.PermanentFailure;
import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.identity.Credential;
import dev.hexmart.domain.catalog.StockMovement;
import dev.hexmart.domain.ordering.CancellationReason;
import dev.hexmart.domain.ordering.OrderStatus;
import dev.hexmart.domain.payment.PaymentStatus;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.OrderNumber;
import dev.hexmart.domain.shared.ProductId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What the pages read from the services. */
class ReadersTest {

    private static final Credential ALICE = new Credential("alice");
    private static final ProductId KETTLE = ProductId.parse("9fe0f849-8380-4d85-b6d2-59be0ddf8bdd");
    private static final String PRODUCT = """
            {"id":"%s","name":"Kettle","description":"Pours","category":"kitchen","image":"/images/kettle.svg",
             "price":{"amount":1999,"currency":"EUR"},"stock":3}""".formatted(KETTLE);

    @Test
    void aListGoesOnWhereItsLinkSays() {
        CatalogReader.Listing listing = asked(
                200,
                Map.of("Link", "</products?sort=name&cursor=abc_-9>; rel=\"next\""),
                "[" + PRODUCT + "]",
                "/products?limit=24&search=salt+%26+pepper",
                client -> new CatalogReader(client)
                        .list(
                                new CatalogReader.Query(
                                        Optional.of("salt & pepper"),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        24),
                                ALICE)
                        .orElseThrow());
        assertThat(listing.next()).contains("abc_-9");
        assertThat(listing.products()).singleElement().satisfies(product -> {
            assertThat(product.id()).isEqualTo(KETTLE);
            assertThat(product.price()).isEqualTo(Money.of(1999, "EUR"));
            assertThat(product.available()).isEqualTo(3);
        });
    }

    @Test
    void anOrderIsReadWithWhatBecameOfIt() {
        OrderId id = OrderId.parse("bc9908eb-3c4e-4112-b23c-09ce535af1fa");
        String order = """
                {"orderId":"%s","status":"CANCELLED","userId":"x","total":{"amount":5,"currency":"EUR"},
                 "lines":[{"productId":"%s","name":"Kettle","unitPrice":{"amount":5,"currency":"EUR"},"quantity":1,
                           "total":{"amount":5,"currency":"EUR"}}],
                 "placedAt":"2026-05-04T12:00:00Z","payBy":"2026-05-04T12:15:00Z","reason":"SOLD_OUT",
                 "payment":{"method":"card-ok"},"traceId":"0af7651916cd43dd8448eb211c80319c",
                 "history":[{"version":1,"status":"PENDING","at":"2026-05-04T12:00:00Z","note":"Placed"}]}
                """.formatted(id, KETTLE);
        OrderReader.Order read = asked(
                200,
                Map.of(),
                order,
                "/orders/" + id,
                client -> new OrderReader(client).find(id, ALICE).orElseThrow());
        assertThat(read.customer()).isEqualTo("x");
        assertThat(read.reason()).contains(CancellationReason.SOLD_OUT);
        assertThat(read.method()).contains("card-ok");
        assertThat(read.trace()).contains("0af7651916cd43dd8448eb211c80319c");
        assertThat(read.lines()).hasSize(1);
        assertThat(read.history()).hasSize(1);
    }

    @Test
    void aCartIsReadAsItsLines() {
        String cart = "{\"userId\":\"x\",\"lines\":[{\"productId\":\"%s\",\"quantity\":2}],\"itemCount\":2}"
                .formatted(KETTLE);
        CartReader.Cart read =
                asked(200, Map.of("ETag", "\"5.a\""), cart, "/cart", client -> new CartReader(client).find(ALICE));
        assertThat(read.tag()).isEqualTo("\"5.a\"");
        assertThat(read.lines())
                .singleElement()
                .satisfies(line -> assertThat(line.quantity().value()).isEqualTo(2));
    }

    @Test
    void refusedOrUnknownResourceIsEmpty() {
        Optional<OrderReader.Listing> listing = asked(
                400,
                Map.of(),
                "{}",
                "/orders?mine=true&cursor=x",
                client -> new OrderReader(client).list(Optional.of("x"), ALICE));
        assertThat(listing).isEmpty();
        Optional<CatalogReader.Product> product = asked(
                404,
                Map.of(),
                "{\"code\":\"not-found\"}",
                "/products/" + KETTLE,
                client -> new CatalogReader(client).find(KETTLE, ALICE));
        assertThat(product).isEmpty();
    }

    @Test
    void editorGetsTheEntityTagOfAProduct() {
        CatalogReader.Seen seen = asked(
                200,
                Map.of("ETag", "\"3.5\""),
                PRODUCT,
                "/products/" + KETTLE,
                client -> new CatalogReader(client).see(KETTLE, ALICE).orElseThrow());
        assertThat(seen.tag()).isEqualTo("\"3.5\"");
        assertThat(seen.product().name()).isEqualTo("Kettle");
    }

    @Test
    void ordersOfAllCustomersAreRequestedByStatus() {
        OrderReader.Listing listing = asked(
                200,
                Map.of(),
                "[]",
                "/orders?mine=false&status=PAID&cursor=abc",
                client -> new OrderReader(client)
                        .listAll(Optional.of(OrderStatus.PAID), Optional.of("abc"), ALICE)
                        .orElseThrow());
        assertThat(listing.orders()).isEmpty();
    }

    @Test
    void categoriesAreReadInTheirOrder() {
        List<CatalogReader.Category> categories = asked(
                200,
                Map.of(),
                "[{\"slug\":\"b\",\"name\":\"A & b\",\"products\":2},{\"slug\":\"a\",\"name\":\"C\",\"products\":0}]",
                "/categories",
                client -> new CatalogReader(client).categories(ALICE));
        assertThat(categories)
                .containsExactly(new CatalogReader.Category("b", "A & b", 2), new CatalogReader.Category("a", "C", 0));
    }

    @Test
    void ordersAreAskedForByTheirNumber() {
        OrderReader.Listing listing = asked(
                200,
                Map.of(),
                "[]",
                "/orders?mine=false&number=3C1B-7E10&status=PAID",
                client -> new OrderReader(client)
                        .listAll(Optional.of(OrderStatus.PAID), OrderNumber.parse("3c1b7e10"), Optional.empty(), ALICE)
                        .orElseThrow());
        assertThat(listing.orders()).isEmpty();
    }

    @Test
    void aLedgerIsReadLineByLine() {
        List<StockMovement> lines = asked(
                200,
                Map.of(),
                "[{\"kind\":\"RESERVED\",\"available\":-2,\"reserved\":2,\"reason\":\"an order\","
                        + "\"at\":\"2026-05-04T12:00:00Z\"}]",
                "/products/" + KETTLE + "/stock",
                client -> new StockReader(client).ledger(KETTLE, ALICE).orElseThrow());
        assertThat(lines).singleElement().satisfies(line -> {
            assertThat(line.kind()).isEqualTo(StockMovement.Kind.RESERVED);
            assertThat(line.available()).isEqualTo(-2);
        });
    }

    @Test
    void paymentWithoutAChargeHasNoAmount() {
        OrderId order = OrderId.parse("bc9908eb-3c4e-4112-b23c-09ce535af1fa");
        PaymentReader.Payment payment = asked(
                200,
                Map.of(),
                "{\"orderId\":\"%s\",\"status\":\"VOIDED\"}".formatted(order),
                "/payments/" + order,
                client -> new PaymentReader(client).find(order, ALICE).orElseThrow());
        assertThat(payment)
                .isEqualTo(new PaymentReader.Payment(
                        PaymentStatus.VOIDED, Optional.empty(), Optional.empty(), Optional.empty()));
    }

    @Test
    void parkedMessagesAreReadAndResent() {
        UUID id = UUID.randomUUID();
        String parked = """
                [{"id":"%s","type":"stock.reserve","reason":"Unknown type","at":"2026-05-04T12:00:00Z","body":"{}"}]
                """.formatted(id);
        List<ParkedReader.Parked> list = asked(
                200,
                Map.of(),
                parked,
                "/messages/parked?limit=50",
                client -> ParkedReader.parked(client).list(ALICE));
        assertThat(list).extracting(ParkedReader.Parked::id).containsExactly(id);
        assertThat(resent(id, 204, "")).isEqualTo(new ParkedReader.Outcome.Handled());
        assertThat(resent(id, 409, "{\"code\":\"message-failed-again\",\"detail\":\"Still\"}"))
                .isEqualTo(new ParkedReader.Outcome.FailedAgain("Still"));
        assertThat(resent(id, 404, "{\"code\":\"not-found\"}")).isEqualTo(new ParkedReader.Outcome.NotFound());
    }

    @Test
    void deadLettersAreReadAndSentAgain() {
        UUID id = UUID.randomUUID();
        String dead = """
                [{"id":"%s","type":"t","queue":"hexmart.catalog","reason":"delivery_limit","at":"2026-05-04T12:00:00Z","body":"{}"}]
                """.formatted(id);
        List<ParkedReader.Parked> list = asked(
                200,
                Map.of(),
                dead,
                "/messages/dead?limit=50",
                client -> ParkedReader.dead(client).list(ALICE));
        assertThat(list).extracting(ParkedReader.Parked::id).containsExactly(id);
        assertThat(list.getFirst().reason()).isEqualTo("delivery_limit, in the queue hexmart.catalog");
        ParkedReader.Outcome outcome = asked(
                204,
                Map.of(),
                "",
                "/messages/dead/" + id + "/resend",
                client -> ParkedReader.dead(client).resend(id, ALICE));
        assertThat(outcome).isEqualTo(new ParkedReader.Outcome.Handled());
    }

    private static ParkedReader.Outcome resent(UUID id, int status, String body) {
        return asked(
                status,
                Map.of(),
                body,
                "/messages/parked/" + id + "/resend",
                client -> ParkedReader.parked(client).resend(id, ALICE));
    }

    @Test
    void emptyRequestIsNotSent() {
        try (var service = StubService.answering(500, Map.of(), "");
                var client = Clients.of(service)) {
            assertThat(new CatalogReader(client).findAll(List.of(), ALICE)).isEmpty();
        }
    }

    @Test
    void aServiceThatIsAwayOrTalksNonsenseIsAFailure() {
        assertThatThrownBy(() -> asked(503, Map.of(), "", "/cart", client -> new CartReader(client).find(ALICE)))
                .isInstanceOf(TemporaryFailure.class);
        assertThatThrownBy(() -> asked(200, Map.of(), "[]", "/cart", client -> new CartReader(client).find(ALICE)))
                .isInstanceOf(PermanentFailure.class);
    }

    private static <T> T asked(
            int status, Map<String, String> headers, String body, String target, Function<ServiceClient, T> reading) {
        try (var service = StubService.answering(status, headers, body);
                var client = Clients.of(service)) {
            T read = reading.apply(client);
            assertThat(service.last().target()).isEqualTo(target);
            assertThat(service.last().credential()).isEqualTo(ALICE);
            return read;
        }
    }
}
