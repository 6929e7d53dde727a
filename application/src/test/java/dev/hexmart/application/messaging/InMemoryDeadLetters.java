package dev.hexmart.application.messaging;

import dev.hexmart.application.failure.TemporaryFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A dead letter queue in memory, which can be out of reach for a while. */
public final class InMemoryDeadLetters implements DeadLetters {

    private final List<DeadLetter> letters = new ArrayList<>();
    private final List<DeadLetter> sent = new ArrayList<>();
    private boolean broken;

    /** The broker gives up on a message. */
    public synchronized void add(DeadLetter letter) {
        letters.add(letter);
    }

    /** What was sent again. */
    public synchronized List<DeadLetter> sent() {
        return List.copyOf(sent);
    }

    public synchronized void breakDown() {
        broken = true;
    }

    @Override
    public synchronized List<DeadLetter> list(int limit) {
        reach();
        return letters.stream().limit(limit).toList();
    }

    @Override
    public synchronized long count() {
        reach();
        return letters.size();
    }

    @Override
    public synchronized Outcome resend(UUID id) {
        reach();
        Optional<DeadLetter> found =
                letters.stream().filter(letter -> letter.id().equals(id)).findFirst();
        if (found.isEmpty()) {
            return new Outcome.NotFound();
        }
        DeadLetter letter = found.get();
        if (letter.queue().isEmpty()) {
            return new Outcome.NoQueue();
        }
        letters.remove(letter);
        sent.add(letter);
        return new Outcome.Sent(letter.queue().get());
    }

    private void reach() {
        if (broken) {
            throw new TemporaryFailure("The broker is away");
        }
    }
}
