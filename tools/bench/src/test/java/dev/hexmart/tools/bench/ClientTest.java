package dev.hexmart.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.tools.bench.generator.BenchFailure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClientTest {

    private final StubShop shop = new StubShop();
    private final Client client = new Client();

    @AfterEach
    void close() {
        client.close();
        shop.close();
    }

    @Test
    void sessionIsTheCookieThatSigningInEndsWith() {
        assertThat(client.session(shop.address(), "shopper-1")).contains("session=secret");
    }

    @Test
    void signInThatGoesNowhereIsNoSession() {
        assertThat(client.session(shop.address(), "shopper-2")).isEmpty();
    }

    @Test
    void refusedSignInNamesTheIdentityProviderAndTheUser() {
        assertThat(client.token(shop.address(), "carol")).isEqualTo("token");
        assertThatThrownBy(() -> client.token(shop.address(), "mallory"))
                .isInstanceOf(BenchFailure.class)
                .hasMessageContainingAll(shop.address().toString(), "does not sign in mallory (400)");
    }
}
