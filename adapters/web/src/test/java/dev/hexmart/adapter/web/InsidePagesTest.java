package dev.hexmart.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The drawing of the services, the decisions, and the documents of the API. */
class InsidePagesTest {

    private final FakeServices services = FakeServices.start();
    private final TestGateway gateway = TestGateway.before(services);

    @AfterEach
    void close() {
        gateway.close();
        services.close();
    }

    @Test
    void theGatewayAndTheServicesAreDrawnFromTheirDescriptions() {
        assertThat(gateway.get("/inside").body())
                .contains("BeginSignIn", "SingSongs", "BrassBand", "http://localhost:4318/logs?service=cart")
                .doesNotContain("Does not answer");
    }

    @Test
    void aServiceThatFallsSilentIsDrawnAsItLastWas() {
        gateway.get("/inside");
        services.close();
        assertThat(gateway.get("/inside").body()).contains("Does not answer", "BrassBand");
    }

    @Test
    void aServiceThatIsNotReadyIsShownWithWhatItLacks() {
        services.answer(
                "/health/ready", 503, "{\"status\":\"DOWN\",\"checks\":[{\"name\":\"database\",\"status\":\"DOWN\"}]}");
        assertThat(gateway.get("/inside").body()).contains("Not ready: database");
    }

    @Test
    void aDecisionInTheIndexIsShownAsTextAndNothingElseIs() {
        HttpResponse<String> decision = gateway.get("/inside/decisions/0002-wiring-by-hand.md");
        assertThat(decision.headers().firstValue("Content-Type")).hasValue("text/plain; charset=utf-8");
        assertThat(decision.body()).startsWith("# 0002. ");
        assertThat(gateway.get("/inside/decisions/README.md").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/inside", "/inside/decisions/0002-wiring-by-hand.md"})
    void aShopThatDoesNotShowItsInsideAnswersNotFound(String path) {
        try (var closed = TestGateway.withoutInside(services)) {
            HttpResponse<String> page = closed.get(path);
            assertThat(page.statusCode()).isEqualTo(404);
            assertThat(page.body()).contains("PRODUCTS_MANAGEMENT_URL").doesNotContain("BrassBand");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/openapi.yaml", "/asyncapi.yaml", "/docs/swagger-ui.css"})
    void aDocumentIsSentOnceForItsEntityTag(String path) {
        HttpResponse<String> document = gateway.get(path);
        String tag = document.headers().firstValue("ETag").orElseThrow();
        assertThat(document.statusCode()).isEqualTo(200);
        assertThat(gateway.get(path, "If-None-Match", tag).statusCode()).isEqualTo(304);
    }

    @Test
    void thePageOfTheApiMayHavePicturesInItsStyles() {
        assertThat(gateway.get("/docs").headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).contains("img-src 'self' data:"));
    }
}
