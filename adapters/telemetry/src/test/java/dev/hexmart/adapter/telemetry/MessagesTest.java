package dev.hexmart.adapter.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.application.messaging.InMemoryParkingLot;
import dev.hexmart.application.messaging.MessagePublisher;
import dev.hexmart.application.messaging.OutboxMessage;
import dev.hexmart.application.messaging.ParkingLot;
import dev.hexmart.application.messaging.ParkingLot.ParkedMessage;
import dev.hexmart.domain.shared.OrderId;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MessagesTest {

    private static final String TYPE = "dev.hexmart.stock.reserve.v1";

    private final Recorded recorded = Recorded.inside();
    private final UseCases useCases = new UseCases(recorded.telemetry(), _ -> false);
    private final Messages messages = new Messages(recorded.telemetry(), "hexmart.events");
    private final Messages.Queue queue = messages.queue("hexmart.catalog", Set.of(TYPE));

    @AfterEach
    void close() {
        recorded.close();
    }

    private Map<String, String> made() {
        return useCases.run("PlaceOrder", () -> messages.creating(UUID.randomUUID(), TYPE));
    }

    private void process(
            String type, Map<String, String> headers, boolean redelivered, int attempt, Runnable handling) {
        queue.process(
                List.of(new Messages.Incoming(type, Optional.of(UUID.randomUUID()), headers, redelivered, attempt)),
                _ -> handling.run());
    }

    private static OutboxMessage message(Map<String, String> headers) {
        return new OutboxMessage(UUID.randomUUID(), new OrderId(UUID.randomUUID()), TYPE, "{}", headers);
    }

    @Test
    void aMessageIsHandledBelowWhereItWasMadeAndLinkedToIt() {
        process(TYPE, made(), false, 1, () -> {});
        SpanData create = recorded.span("create hexmart.events:" + TYPE);
        SpanData process = recorded.span("process hexmart.events:" + TYPE + ":hexmart.catalog");
        assertThat(create.getKind()).isEqualTo(SpanKind.PRODUCER);
        assertThat(create.getParentSpanId())
                .isEqualTo(recorded.span("PlaceOrder").getSpanId());
        assertThat(process.getKind()).isEqualTo(SpanKind.CONSUMER);
        assertThat(process.getTraceId()).isEqualTo(create.getTraceId());
        assertThat(process.getParentSpanId()).isEqualTo(create.getSpanId());
        assertThat(process.getLinks())
                .extracting(link -> link.getSpanContext().getSpanId())
                .containsExactly(create.getSpanId());
    }

    @Test
    void messagesThatAreHandledTogetherEachContinueTheirOwnTrace() {
        List<Map<String, String>> made = List.of(made(), made());
        List<Map<String, String>> caused = new ArrayList<>();
        queue.process(
                made.stream()
                        .map(headers -> new Messages.Incoming(TYPE, Optional.empty(), headers, false, 1))
                        .toList(),
                parts -> {
                    for (int place = 0; place < made.size(); place++) {
                        parts.run(place, () -> caused.add(messages.creating(UUID.randomUUID(), TYPE)));
                    }
                });
        assertThat(caused)
                .extracting(MessagesTest::trace)
                .containsExactlyElementsOf(
                        made.stream().map(MessagesTest::trace).toList());
        assertThat(recorded.spans().stream().filter(span -> span.getName().startsWith("process")))
                .hasSize(2)
                .extracting(SpanData::getTraceId)
                .containsExactlyElementsOf(
                        made.stream().map(MessagesTest::trace).toList());
    }

    private static String trace(Map<String, String> headers) {
        return headers.getOrDefault("traceparent", "").split("-", 4)[1];
    }

    @Test
    void aMessageWithoutATraceBeginsOne() {
        for (Map<String, String> headers : List.of(Map.<String, String>of(), Map.of("traceparent", "nonsense"))) {
            process(TYPE, headers, false, 1, () -> {});
        }
        assertThat(recorded.spans()).hasSize(2).allSatisfy(span -> {
            assertThat(span.getParentSpanContext().isValid()).isFalse();
            assertThat(span.getLinks()).isEmpty();
        });
    }

    @Test
    void sendSpanIsASeparateTraceWithLinksToTheMessages() {
        List<OutboxMessage> batch = List.of(message(made()), message(made()), message(Map.of()));
        List<OutboxMessage> published = new ArrayList<>();
        MessagePublisher publisher = messages.observed(all -> {
            published.addAll(all);
            return Set.of(all.getFirst().id());
        });
        assertThat(publisher.publish(batch)).containsExactly(batch.getFirst().id());
        assertThat(published).isEqualTo(batch);
        SpanData send = recorded.span("send hexmart.events");
        assertThat(send.getKind()).isEqualTo(SpanKind.CLIENT);
        assertThat(send.getLinks())
                .extracting(link -> link.getSpanContext().getTraceId())
                .containsExactlyElementsOf(recorded.spans().stream()
                        .filter(span -> span.getName().startsWith("create"))
                        .map(SpanData::getTraceId)
                        .toList());
        assertThat(recorded.numbers())
                .contains("hexmart_messages_sent_total{outcome=\"confirmed\",type=\"" + TYPE + "\"} 1")
                .contains("hexmart_messages_sent_total{outcome=\"refused\",type=\"" + TYPE + "\"} 2");
    }

    @Test
    void aFailureIsPassedOnMeasuredAndItsNextAttemptIsARetry() {
        assertThatThrownBy(() -> process(TYPE, Map.of(), false, 1, () -> {
                    throw new IllegalStateException("canary");
                }))
                .hasMessage("canary");
        process(TYPE, Map.of(), false, 2, () -> {});
        process(TYPE, Map.of(), true, 1, () -> {});
        assertThat(recorded.spans())
                .extracting(span -> span.getStatus().getStatusCode())
                .containsExactly(StatusCode.ERROR, StatusCode.UNSET, StatusCode.UNSET);
        assertThat(recorded.numbers())
                .contains("hexmart_message_retries_total{queue=\"hexmart.catalog\"} 1")
                .contains("hexmart_message_redeliveries_total{queue=\"hexmart.catalog\"} 1")
                .contains(
                        "hexmart_message_process_duration_seconds_count{error_type=\"java.lang.IllegalStateException\","
                                + "queue=\"hexmart.catalog\",type=\"" + TYPE + "\"} 1");
    }

    @Test
    void aTypeThatTheQueueIsNotThereForIsOneLabel() {
        process("made up", Map.of(), false, 1, () -> {});
        assertThat(recorded.numbers()).contains("type=\"_OTHER\"").doesNotContain("made up");
    }

    @Test
    void parkedMessagesAreCounted() {
        ParkingLot parking = messages.observed(new InMemoryParkingLot());
        ParkedMessage message = new ParkedMessage(
                UUID.randomUUID(), TYPE, "{}", Map.of(), "why", Instant.parse("2026-03-02T12:00:00Z"));
        parking.park(message);
        assertThat(parking.find(message.id())).contains(message);
        assertThat(recorded.numbers()).contains("hexmart_messages_parked_total 1");
    }
}
