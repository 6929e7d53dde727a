package dev.hexmart.adapter.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.adapter.json.message.MessageCodec;
import dev.hexmart.domain.messages.Destination;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The exchange and the queues, as {@code docs/asyncapi.yaml} has them. */
class TopologyTest {

    private final Map<?, ?> document = document();

    @Test
    void theExchangeIsAsPublished() {
        assertThat(at("channels", "events", "bindings", "amqp", "exchange"))
                .isEqualTo(Map.of("name", Topology.EVENTS, "type", "topic", "durable", true, "autoDelete", false));
        assertThat(at("channels", "events", "parameters", "type", "enum"))
                .asInstanceOf(InstanceOfAssertFactories.list(String.class))
                .containsExactlyInAnyOrderElementsOf(Destination.ALL.stream()
                        .flatMap(destination -> MessageCodec.types(destination).stream())
                        .toList());
    }

    @Test
    void theQueuesAreAsPublished() {
        assertPublished("catalog", new Destination.Catalog());
        assertPublished("ordering", new Destination.Ordering());
        assertPublished("payment", new Destination.Payment());
        assertQueue("dead", Topology.DEAD, Topology.KEEP);
        assertThat(((Map<?, ?>) at("channels")).keySet().stream().map(Object::toString))
                .containsExactlyInAnyOrder("events", "catalog", "ordering", "payment", "dead");
    }

    /** The queue, and what it is bound to. */
    private void assertPublished(String channel, Destination<?> destination) {
        assertQueue(channel, Topology.queue(destination), Topology.LAST_NET);
        List<Object> types = ((Map<?, ?>) at("channels", channel, "messages"))
                .keySet().stream()
                        .map(message -> at("components", "messages", message.toString(), "name"))
                        .toList();
        assertThat(types).isEqualTo(MessageCodec.types(destination));
    }

    private void assertQueue(String channel, String name, Map<String, Object> arguments) {
        assertThat(at("channels", channel, "address")).isEqualTo(name);
        assertThat(at("channels", channel, "bindings", "amqp", "queue"))
                .isEqualTo(Map.of("name", name, "durable", true, "exclusive", false, "autoDelete", false));
        assertThat(at("channels", channel, "x-queue-arguments")).isEqualTo(arguments);
    }

    private Object at(String... steps) {
        Object value = document;
        for (String step : steps) {
            value = Optional.ofNullable(((Map<?, ?>) value).get(step)).orElseThrow();
        }
        return value;
    }

    private static Map<?, ?> document() {
        try {
            String text = Files.readString(Path.of("../../docs/asyncapi.yaml"));
            return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
