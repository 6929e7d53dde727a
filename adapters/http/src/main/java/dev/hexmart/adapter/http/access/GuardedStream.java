package dev.hexmart.adapter.http.access;

import dev.hexmart.adapter.http.exchange.ResponseStream;
import dev.hexmart.adapter.http.exchange.Streaming;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** A stream that is open for as long as its caller is admitted, ends once, and gives its place back then. */
final class GuardedStream implements Streaming {

    private final Streaming streaming;
    private final OpenStreams.Place place;
    private final BooleanSupplier admitted;
    private final AtomicBoolean ended = new AtomicBoolean();

    GuardedStream(Streaming streaming, OpenStreams.Place place, BooleanSupplier admitted) {
        this.streaming = streaming;
        this.place = place;
        this.admitted = admitted;
    }

    @Override
    public void writeTo(ResponseStream out) throws IOException {
        streaming.writeTo(new ResponseStream() {
            @Override
            public void send(byte[] bytes, int offset, int length) throws IOException {
                out.send(bytes, offset, length);
            }

            @Override
            public boolean isOpen() {
                return out.isOpen() && admitted.getAsBoolean();
            }
        });
    }

    @Override
    public void close() {
        if (ended.compareAndSet(false, true)) {
            streaming.close();
            place.release();
        }
    }
}
