package dev.hexmart.tools.viewer;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What exporters send, built with the protocol's own messages. */
final class Otlp {

    static final String TRACE = "5b8aa5a2d2c872e8321cf37308d69df2";
    static final String ROOT = "051581bf3cb55c13";
    static final String CHILD = "5fb397be34d26b51";

    private Otlp() {}

    static ExportTraceServiceRequest traces(String service, Span... spans) {
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder()
                        .setResource(resource(service))
                        .addScopeSpans(ScopeSpans.newBuilder().addAllSpans(List.of(spans))))
                .build();
    }

    static ExportLogsServiceRequest logs(String service, LogRecord... lines) {
        return ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder()
                        .setResource(resource(service))
                        .addScopeLogs(ScopeLogs.newBuilder()
                                .setScope(InstrumentationScope.newBuilder().setName("dev.hexmart.Anything"))
                                .addAllLogRecords(List.of(lines))))
                .build();
    }

    static Span.Builder span(String trace, String id, String name, Instant start, long millis) {
        return Span.newBuilder()
                .setTraceId(bytes(trace))
                .setSpanId(bytes(id))
                .setName(name)
                .setStartTimeUnixNano(nanos(start))
                .setEndTimeUnixNano(nanos(start) + TimeUnit.MILLISECONDS.toNanos(millis));
    }

    static LogRecord.Builder line(String trace, String text, Instant time) {
        return LogRecord.newBuilder()
                .setTimeUnixNano(nanos(time))
                .setSeverityText("INFO")
                .setTraceId(bytes(trace))
                .setBody(AnyValue.newBuilder().setStringValue(text));
    }

    static KeyValue attribute(String name, String value) {
        return KeyValue.newBuilder()
                .setKey(name)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    static ByteString bytes(String hex) {
        return ByteString.copyFrom(HexFormat.of().parseHex(hex));
    }

    static long nanos(Instant time) {
        return TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano();
    }

    private static Resource resource(String service) {
        return Resource.newBuilder()
                .addAttributes(attribute("service.name", service))
                .build();
    }
}
