package dev.hexmart.application.messaging;

import dev.hexmart.application.messaging.DeadLetters.DeadLetter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

class InMemoryDeadLettersTest extends DeadLettersContract {

    private final InMemoryDeadLetters letters = new InMemoryDeadLetters();

    @Override
    protected DeadLetters letters() {
        return letters;
    }

    @Override
    protected void giveUpOn(UUID id, String type, Optional<String> queue, String body) {
        letters.add(new DeadLetter(id, type, queue, body, "delivery_limit", Instant.EPOCH));
    }

    @Override
    protected List<String> bodiesIn(String queue) {
        return letters.sent().stream()
                .filter(letter -> letter.queue().equals(Optional.of(queue)))
                .map(DeadLetter::body)
                .toList();
    }
}
