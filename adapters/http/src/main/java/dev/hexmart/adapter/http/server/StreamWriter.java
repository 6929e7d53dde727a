package dev.hexmart.adapter.http.server;

import dev.hexmart.adapter.http.exchange.ResponseStream;
import dev.hexmart.adapter.http.exchange.Streaming;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** Writes bodies that come into being while they are written, until they end, their client goes, or the server stops. */
final class StreamWriter {

    private static final System.Logger LOG = System.getLogger(StreamWriter.class.getName());

    private final Deadlines deadlines;
    private final BooleanSupplier stopping;

    StreamWriter(Deadlines deadlines, BooleanSupplier stopping) {
        this.deadlines = deadlines;
        this.stopping = stopping;
    }

    void write(Streaming streaming, ServerResponse response) {
        deadlines.done();
        AtomicBoolean gone = new AtomicBoolean();
        watch(deadlines.connection(), () -> {
            gone.set(true);
            streaming.close();
        });
        try (OutputStream out = response.outputStream()) {
            streaming.writeTo(new Wire(out, gone));
            deadlines.writing();
        } catch (IOException | UncheckedIOException e) {
            throw new CloseConnectionException("The client went away in the middle of a stream", e);
        } catch (CloseConnectionException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "A stream broke off", e);
            throw new CloseConnectionException("The stream cannot go on", e);
        }
    }

    /**
     * Notices that a client has closed its connection in the middle of a stream, also while there is nothing to be written that
     * would show it. It reads from the connection, so that no other request can follow on it.
     *
     * @param gone called once at the most, on another thread, when the client has closed or we have
     */
    private static void watch(ConnectionContext connection, Runnable gone) {
        Thread.ofVirtual().name("client-watch").start(() -> {
            try {
                if (connection.dataReader().readBuffer().available() > 0) {
                    // A client that sends on in the middle of a stream is noticed when there is something to be
                    // written.
                    return;
                }
            } catch (RuntimeException e) {
                // The end of what there is to read.
            }
            gone.run();
        });
    }

    private final class Wire implements ResponseStream {

        private final OutputStream out;
        private final AtomicBoolean gone;

        Wire(OutputStream out, AtomicBoolean gone) {
            this.out = out;
            this.gone = gone;
        }

        @Override
        public void send(byte[] bytes, int offset, int length) throws IOException {
            deadlines.writing();
            out.write(bytes, offset, length);
            out.flush();
            deadlines.done();
        }

        @Override
        public boolean isOpen() {
            return !gone.get() && !stopping.getAsBoolean();
        }
    }
}
