package dev.hexmart.application.messaging;

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

    public List<DeadLetter> list(int limit) {
        return letters.list(limit);
    }

    /** Its receivers know a message that they have handled before, so that it has its effect once. */
    public Outcome resend(UUID id) {
        return letters.resend(id);
    }
}
