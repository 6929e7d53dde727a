package dev.hexmart.application.messaging;

import dev.hexmart.application.identity.Caller;
import dev.hexmart.application.identity.Role;
import dev.hexmart.application.messaging.DeadLetters.DeadLetter;
import dev.hexmart.application.messaging.DeadLetters.Outcome;
import java.util.List;
import java.util.UUID;

/** Use case: look at the messages that the broker gave up on, and send one to its queue again. */
public final class ResendDeadLetters {

    private final DeadLetters letters;

    public ResendDeadLetters(DeadLetters letters) {
        this.letters = letters;
    }

    public List<DeadLetter> list(Caller by, int limit) {
        by.require(Role.ORDERS_MANAGE);
        return letters.list(limit);
    }

    /** Its receivers know a message that they have handled before, so that it has its effect once. */
    public Outcome resend(Caller by, UUID id) {
        by.require(Role.ORDERS_MANAGE);
        return letters.resend(id);
    }
}
