package dev.hexmart.adapter.http.server;

import dev.hexmart.adapter.http.exchange.Header;
import dev.hexmart.adapter.http.exchange.Request;
import dev.hexmart.adapter.http.exchange.Response;
import dev.hexmart.adapter.http.server.RequestObserver.Observation;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;

/** Writes a response by Helidon, with the headers that every response has. */
final class ResponseWriter {

    private final List<io.helidon.http.Header> always;
    private final Deadlines deadlines;
    private final StreamWriter streams;

    /** @param always the headers of every response that does not say otherwise */
    ResponseWriter(List<io.helidon.http.Header> always, Deadlines deadlines, StreamWriter streams) {
        this.always = always;
        this.deadlines = deadlines;
        this.streams = streams;
    }

    /** Returns when all is written, streams included. */
    void write(Request head, Response answer, ServerResponse response, Observation observation) {
        try {
            response.status(Status.create(answer.status()));
            always.forEach(response::header);
            writeHeaders(answer.headers(), response);
            boolean headersOnly = head.method().equals("HEAD");
            deadlines.writing();
            switch (answer.body()) {
                case Response.Nothing _ -> response.send();
                case Response.Content content
                when headersOnly -> {
                    response.header(HeaderNames.CONTENT_TYPE, content.mediaType());
                    response.header(HeaderNames.CONTENT_LENGTH, Integer.toString(content.bytes().length));
                    response.send();
                }
                case Response.Content content -> {
                    response.header(HeaderNames.CONTENT_TYPE, content.mediaType());
                    response.send(content.bytes());
                }
                case Response.Streamed _ when headersOnly -> response.send();
                case Response.Streamed streamed -> {
                    response.header(HeaderNames.CONTENT_TYPE, streamed.mediaType());
                    observation.streaming();
                    streams.write(streamed.streaming(), response);
                }
            }
            deadlines.done();
        } finally {
            if (answer.body() instanceof Response.Streamed streamed) {
                streamed.streaming().close();
            }
        }
    }

    /** Each replaces what every response has; one may stand there more than once, as cookies do. */
    private static void writeHeaders(List<Header> headers, ServerResponse response) {
        for (int i = 0; i < headers.size(); i++) {
            Header header = headers.get(i);
            HeaderName name = HeaderNames.create(header.name());
            if (isNamed(header.name(), headers.subList(0, i))) {
                response.headers().add(HeaderValues.create(name, header.value()));
            } else {
                response.header(HeaderValues.create(name, header.value()));
            }
        }
    }

    private static boolean isNamed(String name, List<Header> headers) {
        for (Header header : headers) {
            if (header.name().equals(name)) {
                return true;
            }
        }
        return false;
    }
}
