package dev.hexmart.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.application.identity.Caller;
import dev.hexmart.application.identity.Callers;
import dev.hexmart.application.identity.Role;
import java.net.http.HttpResponse;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The back office before services that answer as they are told. */
class OfficePagesTest {

    private static final Caller CAROL = Callers.employee();

    private final FakeServices services = FakeServices.start();
    private final TestGateway gateway = TestGateway.before(services);

    @AfterEach
    void close() {
        gateway.close();
        services.close();
    }

    @ParameterizedTest
    @CsvSource({"CATALOG_MANAGE, /office/products", "ORDERS_MANAGE, /office/orders"})
    void theFrontLeadsToThePartOfTheVisitorsRole(Role role, String location) {
        HttpResponse<String> front =
                gateway.get("/office", new Caller.Person(Callers.newCustomerId(), "Dora", true, Set.of(role)));
        assertThat(front.statusCode()).isEqualTo(303);
        assertThat(front.headers().firstValue("Location")).hasValue(location);
    }

    @ParameterizedTest
    @CsvSource({
        "/office/products, Gooseneck kettle",
        "/office/products/new, Kitchen &amp; table",
        "/office/products/5f0c8a2e-6d1f-4c1b-9a67-0d3a5b0f1c22, Counted again",
        "/office/categories, Kitchen &amp; table",
        "/office/orders, 0000B0B1",
        "/office/orders/bc9908eb-3c4e-4112-b23c-09ce535af1fa, 39.98",
        "/office/messages, Failed ten times"
    })
    void aPageShowsWhatItsServicesAnswer(String path, String text) {
        HttpResponse<String> page = gateway.get(path, CAROL);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains(text, "Carol");
    }

    @Test
    void aCustomerIsRefusedWithTheRoleThatIsNeeded() {
        HttpResponse<String> page = gateway.get("/office/products", Callers.customer(Callers.newCustomerId()));
        assertThat(page.statusCode()).isEqualTo(403);
        assertThat(page.body())
                .contains("Not allowed", "This needs the role Catalog.Manage, given to a person", "Alice")
                .doesNotContain("Gooseneck kettle", "href=\"/office\"");
        assertThat(services.asked()).isEmpty();
    }

    @Test
    void anAnonymousVisitorIsSentToSignInAndBack() {
        HttpResponse<String> page = gateway.get("/office/orders?status=PAID");
        assertThat(page.statusCode()).isEqualTo(303);
        assertThat(page.headers().firstValue("Location"))
                .hasValue("/login?returnTo=%2Foffice%2Forders%3Fstatus%3DPAID");
    }

    @Test
    void anOrderIsNotShownWhilePaymentsAreAway() {
        services.answer("/payments/" + FakeServices.ORDER, 503, "");
        HttpResponse<String> page = gateway.get("/office/orders/" + FakeServices.ORDER, CAROL);
        assertThat(page.statusCode()).isEqualTo(503);
        assertThat(page.body()).contains("not available at the moment");
    }

    @Test
    void aServiceThatIsAwayIsNamedAmongTheParkedMessages() {
        services.answer("/messages/parked", 503, "");
        HttpResponse<String> page = gateway.get("/office/messages", CAROL);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("This service is not available at the moment");
    }

    @Test
    void anUnknownStatusIsAPageThatSaysSo() {
        HttpResponse<String> page = gateway.get("/office/orders?status=BROKEN", CAROL);
        assertThat(page.statusCode()).isEqualTo(400);
        assertThat(page.body()).contains("A parameter is not valid", "<html");
    }

    @Test
    void aParkedMessageIsResent() {
        String[] carol = {"Authorization", "Bearer " + gateway.token(CAROL)};
        String resend = "/office/messages/orders/" + FakeServices.MESSAGE + "/resend";
        assertThat(gateway.send("POST", resend, carol).statusCode()).isEqualTo(204);
        services.answer("/messages/parked/" + FakeServices.MESSAGE + "/resend", 409, """
                {"code":"message-failed-again","detail":"Still no stock"}""");
        HttpResponse<String> failed = gateway.send("POST", resend, carol);
        assertThat(failed.statusCode()).isEqualTo(409);
        assertThat(failed.body()).contains("message-failed-again", "Still no stock");
        assertThat(gateway.send("POST", "/office/messages/choir/" + FakeServices.MESSAGE + "/resend", carol)
                        .statusCode())
                .isEqualTo(404);
    }
}
