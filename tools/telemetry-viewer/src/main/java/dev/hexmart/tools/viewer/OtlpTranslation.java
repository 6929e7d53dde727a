package dev.hexmart.tools.viewer;

import static java.util.stream.Collectors.joining;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import zipkin2.Endpoint;

/**
 * Says in Zipkin's words, and in ours for logs, what was said in OTLP's.
 *
 * <p>After OpenTelemetry's own rules for Zipkin. Links, which Zipkin does not know, become tags.
 */
final class OtlpTranslation {

    private static final int TRACE_ID_BYTES = 16;
    private static final int SPAN_ID_BYTES = 8;

    /** Who is at the other end, in the order in which to look; Zipkin draws these as nodes of their own. */
    private static final List<String> OTHER_ENDS = List.of("service.peer.name", "db.system.name", "messaging.system");

    private static final Map<Span.SpanKind, zipkin2.Span.Kind> KINDS = Map.of(
            Span.SpanKind.SPAN_KIND_SERVER, zipkin2.Span.Kind.SERVER,
            Span.SpanKind.SPAN_KIND_CLIENT, zipkin2.Span.Kind.CLIENT,
            Span.SpanKind.SPAN_KIND_PRODUCER, zipkin2.Span.Kind.PRODUCER,
            Span.SpanKind.SPAN_KIND_CONSUMER, zipkin2.Span.Kind.CONSUMER);

    private OtlpTranslation() {}

    /** @throws BadRequest if a span's ids are none */
    static List<zipkin2.Span> spans(ExportTraceServiceRequest request) {
        return request.getResourceSpansList().stream()
                .flatMap(of -> {
                    Endpoint service = endpoint(service(of.getResource()));
                    return of.getScopeSpansList().stream()
                            .flatMap(scope -> scope.getSpansList().stream())
                            .map(span -> span(service, span));
                })
                .toList();
    }

    static List<LogLine> lines(ExportLogsServiceRequest request) {
        return request.getResourceLogsList().stream()
                .flatMap(of -> {
                    String service = service(of.getResource());
                    return of.getScopeLogsList().stream()
                            .flatMap(scope -> scope.getLogRecordsList().stream()
                                    .map(line -> line(service, scope.getScope().getName(), line)));
                })
                .toList();
    }

    private static zipkin2.Span span(Endpoint service, Span span) {
        long start = TimeUnit.NANOSECONDS.toMicros(span.getStartTimeUnixNano());
        long end = TimeUnit.NANOSECONDS.toMicros(span.getEndTimeUnixNano());
        zipkin2.Span.Builder builder = zipkin2.Span.newBuilder()
                .traceId(id(span.getTraceId(), TRACE_ID_BYTES))
                .id(id(span.getSpanId(), SPAN_ID_BYTES))
                .name(span.getName())
                .timestamp(start)
                // Zipkin takes a duration of nothing for one that is not known.
                .duration(Math.max(1, end - start))
                .localEndpoint(service);
        if (!span.getParentSpanId().isEmpty()) {
            builder.parentId(id(span.getParentSpanId(), SPAN_ID_BYTES));
        }
        Optional.ofNullable(KINDS.get(span.getKind())).ifPresent(builder::kind);
        span.getAttributesList().forEach(tag -> builder.putTag(tag.getKey(), text(tag.getValue())));
        OTHER_ENDS.stream()
                .flatMap(name -> attribute(span.getAttributesList(), name))
                .findFirst()
                .ifPresent(name -> builder.remoteEndpoint(endpoint(name)));
        span.getEventsList()
                .forEach(event ->
                        builder.addAnnotation(TimeUnit.NANOSECONDS.toMicros(event.getTimeUnixNano()), said(event)));
        for (int i = 0; i < span.getLinksCount(); i++) {
            Span.Link link = span.getLinks(i);
            builder.putTag("link." + i, hex(link.getTraceId()) + "/" + hex(link.getSpanId()));
        }
        if (span.getStatus().getCode() == StatusCode.STATUS_CODE_ERROR) {
            builder.putTag("error", why(span));
        }
        return builder.build();
    }

    private static String why(Span span) {
        return Stream.concat(
                        Stream.of(span.getStatus().getMessage()), attribute(span.getAttributesList(), "error.type"))
                .filter(words -> !words.isEmpty())
                .findFirst()
                .orElse("true");
    }

    private static String said(Span.Event event) {
        String attributes = event.getAttributesList().stream()
                // Some kilobytes, which the log has as well.
                .filter(attribute -> !attribute.getKey().equals("exception.stacktrace"))
                .map(attribute -> attribute.getKey() + "=" + text(attribute.getValue()))
                .collect(joining(", "));
        return attributes.isEmpty() ? event.getName() : event.getName() + ": " + attributes;
    }

    private static LogLine line(String service, String logger, LogRecord line) {
        long time = line.getTimeUnixNano() == 0 ? line.getObservedTimeUnixNano() : line.getTimeUnixNano();
        return new LogLine(
                Instant.ofEpochSecond(0, time),
                service,
                line.getSeverityText(),
                logger,
                hex(line.getTraceId()),
                hex(line.getSpanId()),
                text(line.getBody()),
                attribute(line.getAttributesList(), "exception.stacktrace")
                        .findFirst()
                        .orElse(""));
    }

    private static String service(Resource resource) {
        return attribute(resource.getAttributesList(), "service.name")
                .findFirst()
                .orElse("unknown");
    }

    private static Endpoint endpoint(String name) {
        return Endpoint.newBuilder().serviceName(name).build();
    }

    private static Stream<String> attribute(List<KeyValue> attributes, String name) {
        return attributes.stream()
                .filter(attribute -> attribute.getKey().equals(name))
                .map(attribute -> text(attribute.getValue()))
                .limit(1);
    }

    private static String text(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> value.getStringValue();
            case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
            case INT_VALUE -> Long.toString(value.getIntValue());
            case DOUBLE_VALUE -> Double.toString(value.getDoubleValue());
            case BYTES_VALUE -> hex(value.getBytesValue());
            case ARRAY_VALUE ->
                value.getArrayValue().getValuesList().stream()
                        .map(OtlpTranslation::text)
                        .collect(joining(", ", "[", "]"));
            case KVLIST_VALUE ->
                value.getKvlistValue().getValuesList().stream()
                        .map(entry -> entry.getKey() + "=" + text(entry.getValue()))
                        .collect(joining(", ", "{", "}"));
            default -> "";
        };
    }

    private static String id(ByteString bytes, int length) {
        String id = hex(bytes);
        if (bytes.size() != length || id.chars().allMatch(digit -> digit == '0')) {
            throw new BadRequest("An id of %d bytes, not all zero, is not '%s'".formatted(length, id));
        }
        return id;
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }
}
