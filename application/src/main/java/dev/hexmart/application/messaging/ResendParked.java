package dev.hexmart.application.messaging;

import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.identity.Caller;
import dev.hexmart.application.identity.Role;
import dev.hexmart.application.messaging.ParkingLot.ParkedMessage;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** Use case: look at the messages that could not be handled, and have one handled again. */
public final class ResendParked {

    private final ParkingLot parked;
    private final Consumer<ParkedMessage> handler;

    /** @param handler decodes and handles a message in this process, and throws where that fails */
    public ResendParked(ParkingLot parked, Consumer<ParkedMessage> handler) {
        this.parked = parked;
        this.handler = handler;
    }

    public List<ParkedMessage> list(Caller by, int limit) {
        by.require(Role.ORDERS_MANAGE);
        return parked.list(limit);
    }

    /** Handles the message; it stays parked unless that succeeds. The inbox sees to it that it has its effect once. */
    public Outcome resend(Caller by, UUID id) {
        by.require(Role.ORDERS_MANAGE);
        return parked.find(id).map(this::resend).orElseGet(Outcome.NotFound::new);
    }

    private Outcome resend(ParkedMessage message) {
        try {
            handler.accept(message);
        } catch (TemporaryFailure e) {
            throw e;
        } catch (RuntimeException e) {
            return new Outcome.FailedAgain(String.valueOf(e.getMessage()));
        }
        parked.remove(message.id());
        return new Outcome.Handled();
    }

    public sealed interface Outcome {

        record Handled() implements Outcome {}

        record FailedAgain(String why) implements Outcome {}

        record NotFound() implements Outcome {}
    }
}
