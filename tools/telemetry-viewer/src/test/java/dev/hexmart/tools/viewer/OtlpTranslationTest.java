package dev.hexmart.tools.viewer;

import static dev.hexmart.tools.viewer.Otlp.CHILD;
import static dev.hexmart.tools.viewer.Otlp.ROOT;
import static dev.hexmart.tools.viewer.Otlp.TRACE;
import static dev.hexmart.tools.viewer.Otlp.attribute;
import static dev.hexmart.tools.viewer.Otlp.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OtlpTranslationTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00.000001Z");

    @Test
    void aSpanSaysTheSameInZipkinsWords() {
        Span sent = Otlp.span(TRACE, CHILD, "INSERT orders", NOON, 12)
                .setParentSpanId(bytes(ROOT))
                .setKind(Span.SpanKind.SPAN_KIND_CLIENT)
                .addAttributes(attribute("db.system.name", "postgresql"))
                .addAttributes(attribute("db.query.text", "INSERT INTO orders VALUES (:id)"))
                .addEvents(Span.Event.newBuilder()
                        .setName("exception")
                        .setTimeUnixNano(Otlp.nanos(NOON) + 1_000_000)
                        .addAttributes(attribute("exception.type", "java.sql.SQLException"))
                        .addAttributes(attribute("exception.stacktrace", "at somewhere")))
                .addLinks(Span.Link.newBuilder().setTraceId(bytes(TRACE)).setSpanId(bytes(ROOT)))
                .build();

        assertThat(OtlpTranslation.spans(Otlp.traces("orders", sent)))
                .singleElement()
                .satisfies(span -> {
                    assertThat(span.traceId()).isEqualTo(TRACE);
                    assertThat(span.id()).isEqualTo(CHILD);
                    assertThat(span.parentId()).isEqualTo(ROOT);
                    assertThat(span.name()).isEqualTo("insert orders");
                    assertThat(span.kind()).isEqualTo(zipkin2.Span.Kind.CLIENT);
                    assertThat(span.localServiceName()).isEqualTo("orders");
                    assertThat(span.remoteServiceName()).isEqualTo("postgresql");
                    assertThat(span.timestampAsLong()).isEqualTo(NOON.getEpochSecond() * 1_000_000 + 1);
                    assertThat(span.durationAsLong()).isEqualTo(12_000);
                    assertThat(span.tags())
                            .containsEntry("db.query.text", "INSERT INTO orders VALUES (:id)")
                            .containsEntry("link.0", TRACE + "/" + ROOT)
                            .doesNotContainKey("error");
                    assertThat(span.annotations()).singleElement().satisfies(event -> {
                        assertThat(event.timestamp()).isEqualTo(span.timestampAsLong() + 1000);
                        assertThat(event.value()).isEqualTo("exception: exception.type=java.sql.SQLException");
                    });
                });
    }

    @Test
    void aRootHasNoParentAndWhatIsDoneWithinAServiceNoKind() {
        Span sent = Otlp.span(TRACE, ROOT, "PlaceOrder", NOON, 0)
                .setKind(Span.SpanKind.SPAN_KIND_INTERNAL)
                .build();

        zipkin2.Span span = OtlpTranslation.spans(Otlp.traces("orders", sent)).getFirst();

        assertThat(span.parentId()).isNull();
        assertThat(span.kind()).isNull();
        assertThat(span.durationAsLong()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Span.SpanKind.class,
            names = {"SPAN_KIND_SERVER", "SPAN_KIND_CLIENT", "SPAN_KIND_PRODUCER", "SPAN_KIND_CONSUMER"})
    void theOtherKindsAreZipkinsOwn(Span.SpanKind kind) {
        Span sent = Otlp.span(TRACE, ROOT, "x", NOON, 1).setKind(kind).build();

        assertThat(OtlpTranslation.spans(Otlp.traces("orders", sent)).getFirst().kind())
                .hasToString(kind.name().replace("SPAN_KIND_", ""));
    }

    @Test
    void aFailureSaysWhy() {
        Status.Builder failed = Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR);
        Span.Builder span = Otlp.span(TRACE, ROOT, "x", NOON, 1);

        assertThat(errorOf(span.clone().setStatus(failed))).isEqualTo("true");
        assertThat(errorOf(span.clone().setStatus(failed).addAttributes(attribute("error.type", "503"))))
                .isEqualTo("503");
        assertThat(errorOf(span.clone().setStatus(failed.clone().setMessage("too late"))))
                .isEqualTo("too late");
    }

    @Test
    void valuesOfEveryTypeBecomeText() {
        AnyValue one = AnyValue.newBuilder().setIntValue(1).build();
        Span sent = Otlp.span(TRACE, ROOT, "x", NOON, 1)
                .addAttributes(KeyValue.newBuilder().setKey("int").setValue(one))
                .addAttributes(KeyValue.newBuilder()
                        .setKey("boolean")
                        .setValue(AnyValue.newBuilder().setBoolValue(true)))
                .addAttributes(KeyValue.newBuilder()
                        .setKey("double")
                        .setValue(AnyValue.newBuilder().setDoubleValue(0.5)))
                .addAttributes(KeyValue.newBuilder()
                        .setKey("array")
                        .setValue(AnyValue.newBuilder()
                                .setArrayValue(
                                        ArrayValue.newBuilder().addValues(one).addValues(one))))
                .addAttributes(KeyValue.newBuilder().setKey("nothing"))
                .build();

        assertThat(OtlpTranslation.spans(Otlp.traces("orders", sent)).getFirst().tags())
                .containsEntry("int", "1")
                .containsEntry("boolean", "true")
                .containsEntry("double", "0.5")
                .containsEntry("array", "[1, 1]")
                .containsEntry("nothing", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0000000000000000", "051581bf3cb55c", ROOT + "00"})
    void anIdThatIsNoneIsRefused(String id) {
        Span sent = Otlp.span(TRACE, id, "x", NOON, 1).build();

        assertThatThrownBy(() -> OtlpTranslation.spans(Otlp.traces("orders", sent)))
                .isInstanceOf(BadRequest.class)
                .hasMessageContaining("8 bytes");
    }

    @Test
    void aLineOfTheLogKeepsItsTraceAndItsException() {
        LogLine line = OtlpTranslation.lines(Otlp.logs(
                        "orders",
                        Otlp.line(TRACE, "Order 1 is placed", NOON)
                                .setSpanId(bytes(ROOT))
                                .addAttributes(attribute("exception.stacktrace", "at somewhere"))
                                .build()))
                .getFirst();

        assertThat(line)
                .isEqualTo(new LogLine(
                        NOON,
                        "orders",
                        "INFO",
                        "dev.hexmart.Anything",
                        TRACE,
                        ROOT,
                        "Order 1 is placed",
                        "at somewhere"));
    }

    @Test
    void aLineOutsideOfATraceHasNone() {
        LogLine line = OtlpTranslation.lines(
                        Otlp.logs("orders", Otlp.line("", "Started", NOON).build()))
                .getFirst();

        assertThat(line.trace()).isEmpty();
    }

    private static String errorOf(Span.Builder span) {
        return OtlpTranslation.spans(Otlp.traces("orders", span.build()))
                .getFirst()
                .tags()
                .get("error");
    }
}
