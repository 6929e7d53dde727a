package dev.hexmart.adapter.telemetry;

import dev.hexmart.application.messaging.MessagePublisher;
import dev.hexmart.application.messaging.OutboxMessage;
import dev.hexmart.application.messaging.ParkingLot;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The messages that a service makes, sends and handles.
 *
 * <p>A message is handled within the trace that it was made in, however long it lay in the outbox or in a queue: the
 * context of its creation goes with it, and the relay leaves it unchanged.
 */
public final class Messages {

    private static final double[] BOUNDS = {.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10};
    private static final TextMapGetter<Map<String, String>> HEADERS = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Map<String, String> headers) {
            return headers.keySet();
        }

        @Override
        public String get(Map<String, String> headers, String name) {
            return headers.getOrDefault(name, "");
        }
    };

    private final Telemetry telemetry;
    private final String exchange;
    private final Counter sent;
    private final Histogram sending;
    private final Histogram processing;
    private final Counter retries;
    private final Counter redeliveries;
    private final Counter parked;

    /** @param exchange where all messages are sent to */
    public Messages(Telemetry telemetry, String exchange) {
        this.telemetry = telemetry;
        this.exchange = exchange;
        Metrics metrics = telemetry.metrics();
        this.sent = metrics.counter(
                "hexmart_messages_sent_total", "Messages published to the broker, by outcome", "type", "outcome");
        this.sending = metrics.seconds(
                "hexmart_message_send_duration",
                "Latency of the broker's confirmation of a batch of messages",
                BOUNDS,
                "error_type");
        this.processing = metrics.seconds(
                "hexmart_message_process_duration",
                "Duration of each attempt to handle a message",
                BOUNDS,
                "queue",
                "type",
                "error_type");
        this.retries = metrics.counter(
                "hexmart_message_retries_total", "Retries of a message after a failed attempt", "queue");
        this.redeliveries =
                metrics.counter("hexmart_message_redeliveries_total", "Messages that the broker redelivered", "queue");
        this.parked = metrics.counter(
                "hexmart_messages_parked_total", "Messages that were parked, because handling them failed");
    }

    /** Notes that a message comes into being, and gives the headers by which its receivers go on with the trace. */
    public Map<String, String> creating(UUID message, String type) {
        Span span = sendingSpan("create", type, SpanKind.PRODUCER)
                .setAttribute("messaging.message.id", message.toString())
                .startSpan();
        Map<String, String> headers = new HashMap<>();
        telemetry
                .propagator()
                .inject(telemetry.within(span), headers, (carrier, name, value) -> carrier.put(name, value));
        span.end();
        return headers;
    }

    /** The same publisher, seen at work: a batch is a trace of its own, with a link to where each message was made. */
    public MessagePublisher observed(MessagePublisher publisher) {
        return messages -> messages.isEmpty() ? Set.of() : send(publisher, messages);
    }

    /** The same parking lot, with those counted that park. */
    public ParkingLot observed(ParkingLot parking) {
        return new CountedParkingLot(parking, parked::inc);
    }

    /** @param types of the messages that the queue is there for */
    public Queue queue(String name, Set<String> types) {
        retries.initLabelValues(name);
        redeliveries.initLabelValues(name);
        return new Queue(name, Set.copyOf(types));
    }

    private Set<UUID> send(MessagePublisher publisher, List<OutboxMessage> messages) {
        SpanBuilder builder = telemetry
                .span("send " + exchange, SpanKind.CLIENT)
                .setNoParent()
                .setAttribute("messaging.system", "rabbitmq")
                .setAttribute("messaging.operation.name", "send")
                .setAttribute("messaging.operation.type", "send")
                .setAttribute("messaging.destination.name", exchange)
                .setAttribute("messaging.batch.message_count", messages.size());
        messages.forEach(message -> builder.addLink(maker(message)));
        ActiveSpan active = ActiveSpan.start(telemetry, builder);
        long started = System.nanoTime();
        String error = Names.NONE;
        try {
            Set<UUID> confirmed = publisher.publish(messages);
            for (OutboxMessage message : messages) {
                sent.labelValues(message.type(), confirmed.contains(message.id()) ? "confirmed" : "refused")
                        .inc();
            }
            return confirmed;
        } catch (RuntimeException e) {
            error = Names.errorType(e);
            active.fail(e);
            throw e;
        } finally {
            sending.labelValues(error).observe(Metrics.secondsSince(started));
            active.end();
        }
    }

    private SpanContext maker(OutboxMessage message) {
        return Span.fromContext(telemetry.propagator().extract(Context.root(), message.headers(), HEADERS))
                .getSpanContext();
    }

    private SpanBuilder sendingSpan(String operation, String type, SpanKind kind) {
        String destination = exchange + ":" + type;
        return telemetry
                .span(operation + " " + destination, kind)
                .setAttribute("messaging.system", "rabbitmq")
                .setAttribute("messaging.operation.name", operation)
                .setAttribute("messaging.operation.type", operation)
                .setAttribute("messaging.destination.name", destination)
                .setAttribute("messaging.rabbitmq.destination.routing_key", type);
    }

    /** The messages for one context. */
    public final class Queue {

        private final String name;
        private final Set<String> types;

        private Queue(String name, Set<String> types) {
            this.name = name;
            this.types = types;
        }

        /**
         * Handles messages together, each as part of the trace that it was made in.
         *
         * <p>What is done for all of them at once is told in the trace of the first, whose span says how many they were.
         *
         * @param handling is given what does the part of one of them, by its place
         */
        public void process(List<Incoming> incoming, Consumer<Parts> handling) {
            List<Processing> all = incoming.stream()
                    .map(message -> begin(message, incoming.size()))
                    .toList();
            Parts parts = incoming.size() == 1
                    ? (_, work) -> work.run()
                    : (place, work) -> all.get(place).context().wrap(work).run();
            String error = Names.NONE;
            try (Scope _ = all.getFirst().context().makeCurrent()) {
                handling.accept(parts);
            } catch (RuntimeException | Error e) {
                error = Names.errorType(e);
                all.forEach(one -> ActiveSpan.fail(one.span(), e));
                throw e;
            } finally {
                for (Processing one : all) {
                    end(one, error);
                }
            }
        }

        private Processing begin(Incoming message, int together) {
            String label = types.contains(message.type()) ? message.type() : Names.OTHER;
            if (message.attempt() > 1) {
                retries.labelValues(name).inc();
            } else if (message.redelivered()) {
                redeliveries.labelValues(name).inc();
            }
            Context made = telemetry.propagator().extract(Context.root(), message.headers(), HEADERS);
            String destination = exchange + ":" + label + ":" + name;
            SpanBuilder builder = telemetry
                    .span("process " + destination, SpanKind.CONSUMER)
                    .setParent(made)
                    .addLink(Span.fromContext(made).getSpanContext())
                    .setAttribute("messaging.system", "rabbitmq")
                    .setAttribute("messaging.operation.name", "process")
                    .setAttribute("messaging.operation.type", "process")
                    .setAttribute("messaging.destination.name", destination)
                    .setAttribute("messaging.rabbitmq.destination.routing_key", label)
                    .setAttribute("hexmart.message.attempt", message.attempt())
                    .setAttribute("hexmart.message.redelivered", message.redelivered());
            message.id().ifPresent(id -> builder.setAttribute("messaging.message.id", id.toString()));
            if (together > 1) {
                builder.setAttribute("messaging.batch.message_count", together);
            }
            Span span = builder.startSpan();
            return new Processing(label, span, telemetry.within(span), System.nanoTime());
        }

        private void end(Processing one, String error) {
            // With its span at hand, which the measurement names as an example.
            try (Scope _ = one.context().makeCurrent()) {
                processing.labelValues(name, one.type(), error).observe(Metrics.secondsSince(one.started()));
            }
            one.span().end();
        }
    }

    /**
     * A message as it came.
     *
     * @param type one of those of the queue, or an unknown one
     * @param attempt from 1
     */
    public record Incoming(
            String type, Optional<UUID> id, Map<String, String> headers, boolean redelivered, int attempt) {
        public Incoming {
            headers = Map.copyOf(headers);
        }
    }

    /** A message that is being handled. */
    private record Processing(String type, Span span, Context context, long started) {}

    /** Does the part of one of several messages that are handled together. */
    @FunctionalInterface
    public interface Parts {
        void run(int place, Runnable work);
    }

    private record CountedParkingLot(ParkingLot parking, Runnable count) implements ParkingLot {

        @Override
        public void park(ParkedMessage message) {
            parking.park(message);
            count.run();
        }

        @Override
        public List<ParkedMessage> list(int limit) {
            return parking.list(limit);
        }

        @Override
        public Optional<ParkedMessage> find(UUID id) {
            return parking.find(id);
        }

        @Override
        public void remove(UUID id) {
            parking.remove(id);
        }
    }
}
