package dev.hexmart.adapter.http.access;

import dev.hexmart.adapter.http.access.Authenticator.Authentication;
import dev.hexmart.adapter.http.exchange.Request;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Whether the caller whose stream is open may still have it: a stream ends soon after its session or its token has.
 *
 * <p>The credential is looked at again every few seconds. Where that fails, the stream goes on: an outage ends no session.
 */
final class StillAdmitted implements BooleanSupplier {

    static final Duration PACE = Duration.ofSeconds(5);

    private static final System.Logger LOG = System.getLogger(StillAdmitted.class.getName());

    private final Authenticator authenticator;
    private final Access access;
    private final Request head;
    private final LongSupplier nanos;
    private long next;
    private boolean admitted = true;

    /** @param nanos a clock such as {@link System#nanoTime} */
    StillAdmitted(Authenticator authenticator, Access access, Request head, LongSupplier nanos) {
        this.authenticator = authenticator;
        this.access = access;
        this.head = head.withHeader(SessionAuthenticator.BACKGROUND.name(), SessionAuthenticator.BACKGROUND.value());
        this.nanos = nanos;
        this.next = nanos.getAsLong() + PACE.toNanos();
    }

    @Override
    public synchronized boolean getAsBoolean() {
        long now = nanos.getAsLong();
        if (admitted && now - next >= 0 && !(access instanceof Access.Open)) {
            next = now + PACE.toNanos();
            admitted = look();
        }
        return admitted;
    }

    private boolean look() {
        try {
            return authenticator.authenticate(head) instanceof Authentication.Identified it
                    && access.admits(it.caller());
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "The credential of an open stream cannot be looked at again", e);
            return true;
        }
    }
}
