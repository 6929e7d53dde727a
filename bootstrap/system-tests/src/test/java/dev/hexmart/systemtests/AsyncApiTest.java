package dev.hexmart.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.adapter.json.message.MessageCodec;
import dev.hexmart.adapter.rabbitmq.AmqpConsumer;
import dev.hexmart.adapter.rabbitmq.AmqpMessagePublisher;
import dev.hexmart.domain.messages.Destination;
import dev.hexmart.systemtests.MessageDocument.Passage;
import dev.hexmart.systemtests.YamlDocument.Place;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/asyncapi.yaml} by itself, and against the codec of the messages and the files that show its words. */
class AsyncApiTest {

    private static final Path GOLDEN = Path.of("../../adapters/json/src/test/resources/dev/hexmart/adapter/json");

    private final MessageDocument document = new MessageDocument();

    @Test
    @Needs(Needs.GRAMMARS)
    void documentIsValidAsyncApi() throws Exception {
        assertThat(document.document().root().text("asyncapi")).isEqualTo("3.0.0");
        assertThat(Linter.complaints(document.document().file())).isEmpty();
    }

    @Test
    void everyTypeOfMessageIsDescribedAndNoOther() {
        assertThat(document.messages().keySet()).containsExactlyInAnyOrderElementsOf(types());
        assertThat(golden().keySet()).containsExactlyInAnyOrderElementsOf(types());
    }

    @Test
    void everyGoldenFileIsAsItsSchemaSaysDownToTheLastMember() {
        assertThat(golden())
                .allSatisfy((type, event) -> assertThat(
                                described(type).get("payload").violations(event.toString()))
                        .isEmpty());
    }

    @Test
    void schemasRejectUndescribedMembers() {
        golden().forEach((type, event) -> {
            JsonObject more = Json.createObjectBuilder(event).add("more", 1).build();
            JsonObject less = Json.createObjectBuilder(event).remove("data").build();
            JsonObject other =
                    Json.createObjectBuilder(event).add("type", "any.other").build();
            assertThat(List.of(more, less, other))
                    .noneMatch(wrong -> described(type)
                            .get("payload")
                            .violations(wrong.toString())
                            .isEmpty());
        });
    }

    @Test
    void theExamplesAreTheGoldenFiles() {
        assertThat(golden()).allSatisfy((type, event) -> {
            Place example = described(type).listed("examples").getFirst();
            assertThat(example.get("payload").json()).isEqualTo(event);
            example.find("headers")
                    .ifPresent(headers -> headers.all()
                            .forEach((name, value) -> assertThat(value.text()).isEqualTo(event.getString(name))));
        });
    }

    @Test
    void everyMessageIsWhatItsBindingsSay() {
        assertThat(document.messages()).allSatisfy((type, message) -> {
            assertThat(message.get("bindings").get("amqp").text("messageType")).isEqualTo(type);
            assertThat(message.listed("traits").getFirst().text("contentType")).isEqualTo(MessageCodec.CONTENT_TYPE);
        });
        assertThat(document.document().root().text("defaultContentType")).isEqualTo(MessageCodec.CONTENT_TYPE);
    }

    @Test
    void messagesAreRoutedToTheirQueues() {
        assertThat(document.passages().stream()
                        .filter(passage -> passage.action().equals("send"))
                        .map(Passage::address))
                .isNotEmpty()
                .containsOnly(AmqpMessagePublisher.EXCHANGE);
        assertThat(received("products")).isEqualTo(to(new Destination.Catalog()));
        assertThat(received("orders")).isEqualTo(to(new Destination.Ordering()));
        assertThat(received("payments")).isEqualTo(to(new Destination.Payment()));
    }

    private Map<String, String> received(String service) {
        return document.passages().stream()
                .filter(passage ->
                        passage.service().equals(service) && passage.action().equals("receive"))
                .collect(Collectors.toMap(Passage::type, Passage::address));
    }

    private static Map<String, String> to(Destination<?> destination) {
        return MessageCodec.types(destination).stream()
                .collect(Collectors.toMap(type -> type, _ -> AmqpConsumer.queue(destination)));
    }

    private Place described(String type) {
        return Optional.ofNullable(document.messages().get(type)).orElseThrow();
    }

    private static List<String> types() {
        return Destination.ALL.stream()
                .flatMap(destination -> MessageCodec.types(destination).stream())
                .toList();
    }

    private static Map<String, JsonObject> golden() {
        try (Stream<Path> files = Files.list(GOLDEN)) {
            return files.filter(file -> file.getFileName().toString().startsWith("dev.hexmart."))
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString().replace(".json", ""), AsyncApiTest::read));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonObject read(Path file) {
        try (var reader = Json.createReader(new StringReader(Files.readString(file)))) {
            return reader.readObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
