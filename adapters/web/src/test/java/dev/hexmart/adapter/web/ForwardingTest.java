package dev.hexmart.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.application.identity.Callers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests that are passed on to a service. */
class ForwardingTest {

    private final FakeServices services = FakeServices.start();
    private final TestGateway gateway = TestGateway.before(services);

    @AfterEach
    void close() {
        gateway.close();
        services.close();
    }

    @Test
    void theAnswerOfTheServiceIsPassedOnWithItsHeaders() {
        String token = gateway.token(Callers.customer(Callers.newCustomerId()));
        HttpResponse<String> answer = gateway.get("/cart?a=b", "Authorization", "Bearer " + token);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).startsWith("{\"lines\":");
        assertThat(answer.headers().firstValue("ETag")).hasValue("\"1.a\"");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(services.asked()).containsExactly(new FakeServices.Asked("/cart?a=b", "Bearer " + token));
    }

    @Test
    void aServiceThatIsAwayIsAProblem() {
        services.close();
        HttpResponse<String> answer = gateway.get("/cart", Callers.customer(Callers.newCustomerId()));
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("\"code\":\"unavailable\"");
    }

    @Test
    void anAnonymousRequestIsNotPassedOn() {
        assertThat(gateway.get("/cart").statusCode()).isEqualTo(401);
        assertThat(services.asked()).isEmpty();
    }
}
