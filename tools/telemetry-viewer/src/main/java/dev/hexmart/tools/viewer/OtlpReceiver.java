package dev.hexmart.tools.viewer;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;

/** Takes traces and logs by OTLP over HTTP, in protobuf. */
record OtlpReceiver(Traces traces, LogLines lines) implements HttpService {

    /** More than ten times what an exporter sends at once, whether packed or unpacked. */
    static final int MAX_BODY = 4 * 1024 * 1024;

    private static final String PROTOBUF = "application/x-protobuf";

    @Override
    public void routing(HttpRules rules) {
        rules.post(
                        "/v1/traces",
                        (req, res) -> take(
                                req,
                                res,
                                body -> traces.add(OtlpTranslation.spans(ExportTraceServiceRequest.parseFrom(body)))))
                .post(
                        "/v1/logs",
                        (req, res) -> take(
                                req,
                                res,
                                body -> lines.add(OtlpTranslation.lines(ExportLogsServiceRequest.parseFrom(body)))));
    }

    private interface Taking {
        void take(byte[] body) throws InvalidProtocolBufferException;
    }

    private static void take(ServerRequest req, ServerResponse res, Taking taking) {
        res.header(HeaderNames.CONTENT_TYPE, PROTOBUF);
        try {
            taking.take(body(req));
            // An empty message: nothing was turned away.
            res.send(new byte[0]);
        } catch (InvalidProtocolBufferException e) {
            refuse(res, new BadRequest("The body is not the protobuf message that OTLP has for this address"));
        } catch (BadRequest e) {
            refuse(res, e);
        }
    }

    private static byte[] body(ServerRequest req) {
        requireProtobuf(req);
        try (InputStream stream = req.content().inputStream()) {
            byte[] body = stream.readNBytes(MAX_BODY + 1);
            if (body.length > MAX_BODY) {
                throw new BadRequest(
                        Status.REQUEST_ENTITY_TOO_LARGE_413, "A body may have %d bytes unpacked".formatted(MAX_BODY));
            }
            return body;
        } catch (IOException | UncheckedIOException e) {
            throw new BadRequest("The body is not packed as its Content-Encoding says");
        }
    }

    private static void requireProtobuf(ServerRequest req) {
        String type = req.headers().value(HeaderNames.CONTENT_TYPE).orElse("");
        if (!type.toLowerCase(Locale.ROOT).matches(PROTOBUF + "\\s*(;.*)?")) {
            throw new BadRequest(
                    Status.UNSUPPORTED_MEDIA_TYPE_415,
                    "Send " + PROTOBUF + " (OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf)");
        }
    }

    /** OTLP asks for a message of type {@code google.rpc.Status}, whose second field are the words. */
    private static void refuse(ServerResponse res, BadRequest refusal) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream message = CodedOutputStream.newInstance(bytes);
        try {
            message.writeString(2, refusal.getMessage());
            message.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        res.status(refusal.status()).send(bytes.toByteArray());
    }
}
