package dev.hexmart.systemtests;

import dev.hexmart.systemtests.YamlDocument.Place;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code docs/asyncapi.yaml}: the messages, and who sends and receives them. */
final class MessageDocument {

    private final YamlDocument document = YamlDocument.read("docs/asyncapi.yaml");

    YamlDocument document() {
        return document;
    }

    /** The messages by their types. */
    Map<String, Place> messages() {
        return document.root().get("components").get("messages").all().values().stream()
                .collect(Collectors.toMap(message -> message.text("name"), message -> message));
    }

    /** @param address the exchange or the queue, by which the channel is known to the broker */
    record Passage(String service, String action, String address, String type) {}

    /** Who sends what, and who receives it from where. */
    Set<Passage> passages() {
        return document.root().get("operations").all().entrySet().stream()
                .flatMap(operation -> passages(operation.getKey().replaceFirst("\\..*", ""), operation.getValue()))
                .collect(Collectors.toSet());
    }

    private static Stream<Passage> passages(String service, Place operation) {
        Place channel = operation.get("channel").get("bindings").get("amqp");
        String address = channel.get(channel.text("is").equals("queue") ? "queue" : "exchange")
                .text("name");
        return operation.listed("messages").stream()
                .map(message -> new Passage(service, operation.text("action"), address, message.text("name")));
    }
}
