package dev.hexmart.adapter.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.Address;
import dev.hexmart.application.failure.PermanentFailure;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BrokerSettingsTest {

    @Test
    void fullUrlIsParsed() {
        assertThat(BrokerSettings.parse("amqp://alice:wonder@mq.example:5673/shop", "orders"))
                .isEqualTo(new BrokerSettings(at("mq.example", 5673), false, "alice", "wonder", "shop", "orders"));
    }

    @Test
    void severalHostsAreNodesWithTheSameAccess() {
        assertThat(BrokerSettings.parse("amqps://alice:a,b@one:5673,two,[::1]:5674/shop", "orders"))
                .isEqualTo(new BrokerSettings(
                        List.of(new Address("one", 5673), new Address("two", 5671), new Address("::1", 5674)),
                        true,
                        "alice",
                        "a,b",
                        "shop",
                        "orders"));
    }

    @Test
    void urlHasDefaults() {
        BrokerSettings plain = new BrokerSettings(at("mq.example", 5672), false, "guest", "guest", "/", "orders");
        assertThat(BrokerSettings.parse("amqp://mq.example", "orders")).isEqualTo(plain);
        assertThat(BrokerSettings.parse("amqp://mq.example/", "orders")).isEqualTo(plain);
        assertThat(BrokerSettings.parse("amqps://mq.example/%2F", "orders"))
                .isEqualTo(new BrokerSettings(at("mq.example", 5671), true, "guest", "guest", "/", "orders"));
    }

    @Test
    void aPasswordMayContainAnythingThatIsEncoded() {
        assertThat(BrokerSettings.parse("amqp://a%40b:p%3A%2F+%25:q@mq.example", "orders"))
                .extracting(BrokerSettings::user, BrokerSettings::password)
                .containsExactly("a@b", "p:/+%:q");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "amqp://alice:t0p-secret@bad host",
                "http://alice:t0p-secret@mq.example",
                "alice:t0p-secret@mq.example",
                "amqp:alice:t0p-secret",
                "amqp://alice:t0p-secret@under_score",
                "amqp://t0p-secret@mq.example",
                "amqp://alice:t0p-secret%zz@mq.example",
                "amqp://alice:t0p-secret@mq.example/%zz",
                "amqp://alice:t0p-secret@mq.example:port",
                "amqp://alice:t0p-secret@one:5672,",
                "amqp://alice:t0p-secret@one,,two",
                "amqp://alice:t0p-secret@one,amqp://two",
                "amqp://alice:t0p-secret@one,under_score",
                "t0p-secret",
                ""
            })
    void aBadUrlIsRefusedByTheVariablesNameAndNeverRepeated(String url) {
        assertThatThrownBy(() -> BrokerSettings.parse(url, "orders"))
                .isInstanceOf(PermanentFailure.class)
                .hasMessageContaining("AMQP_URL")
                .hasNoCause()
                .hasMessageNotContaining("t0p-secret");
    }

    @Test
    void settingsArePrintedWithoutThePassword() {
        assertThat(BrokerSettings.parse("amqps://alice:t0p-secret@mq.example/shop", "orders"))
                .hasToString("amqps://alice@mq.example:5671/shop");
    }

    private static List<Address> at(String host, int port) {
        return List.of(new Address(host, port));
    }
}
