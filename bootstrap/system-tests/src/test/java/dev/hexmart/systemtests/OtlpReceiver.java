package dev.hexmart.systemtests;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** A collector that keeps what it is sent: OTLP over HTTP, in protobuf. */
final class OtlpReceiver implements AutoCloseable {

    private final HttpServer server;
    private final ConcurrentLinkedQueue<SentSpan> spans = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<SentLine> lines = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> everything = new ConcurrentLinkedQueue<>();

    /** A span, and the service that sent it. @param links the spans that it links to */
    record SentSpan(
            String service,
            String trace,
            String id,
            String parent,
            String name,
            Span.SpanKind kind,
            Map<String, String> attributes,
            List<String> links) {}

    /** A line of the log, and the service that sent it. */
    record SentLine(String service, String trace, String span, String text) {}

    OtlpReceiver() {
        try {
            server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/traces", exchange -> {
            ExportTraceServiceRequest request = ExportTraceServiceRequest.parseFrom(exchange.getRequestBody());
            everything.add(request.toString());
            request.getResourceSpansList()
                    .forEach(of -> of.getScopeSpansList()
                            .forEach(scope -> scope.getSpansList()
                                    .forEach(span -> spans.add(span(service(of.getResource()), span)))));
            accept(exchange);
        });
        server.createContext("/v1/logs", exchange -> {
            ExportLogsServiceRequest request = ExportLogsServiceRequest.parseFrom(exchange.getRequestBody());
            everything.add(request.toString());
            request.getResourceLogsList()
                    .forEach(of -> of.getScopeLogsList()
                            .forEach(scope -> scope.getLogRecordsList()
                                    .forEach(line -> lines.add(new SentLine(
                                            service(of.getResource()),
                                            hex(line.getTraceId()),
                                            hex(line.getSpanId()),
                                            line.getBody().getStringValue())))));
            accept(exchange);
        });
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    List<SentSpan> spans() {
        return List.copyOf(spans);
    }

    /** All that was sent, down to the last attribute of the last event. */
    String everything() {
        return String.join("\n", everything);
    }

    List<SentLine> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static void accept(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    private static SentSpan span(String service, Span span) {
        return new SentSpan(
                service,
                hex(span.getTraceId()),
                hex(span.getSpanId()),
                hex(span.getParentSpanId()),
                span.getName(),
                span.getKind(),
                attributes(span.getAttributesList()),
                span.getLinksList().stream().map(link -> hex(link.getSpanId())).toList());
    }

    private static String service(Resource resource) {
        return attributes(resource.getAttributesList()).getOrDefault("service.name", "");
    }

    private static Map<String, String> attributes(List<KeyValue> attributes) {
        return attributes.stream()
                .collect(Collectors.toMap(
                        KeyValue::getKey,
                        attribute -> attribute.getValue().hasStringValue()
                                ? attribute.getValue().getStringValue()
                                : Long.toString(attribute.getValue().getIntValue())));
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }
}
