package dev.hexmart.application.payment;

import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.identity.Credential;
import dev.hexmart.domain.shared.OrderId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An orders service that gives the answers it is told to give; three requests at the most wait for a reservation. */
public final class InMemoryOrderDirectory implements OrderDirectory {

    private static final int QUESTIONS = 3;

    private final Map<OrderId, Deque<Payable>> answers = new HashMap<>();
    private Optional<Credential> lastCredential = Optional.empty();
    private boolean broken;

    /** These are the answers about the order, in turn, and from then on the last of them. */
    public synchronized void say(OrderId order, Payable... inTurn) {
        answers.put(order, new ArrayDeque<>(List.of(inTurn)));
    }

    /** From now on requests time out. */
    public synchronized void breakDown() {
        broken = true;
    }

    /** On whose behalf it was asked last. */
    public synchronized Optional<Credential> lastCredential() {
        return lastCredential;
    }

    @Override
    public synchronized Payable find(OrderId order, Credential customer) {
        lastCredential = Optional.of(customer);
        if (broken) {
            throw new TemporaryFailure("Timeout");
        }
        Payable answer = next(order);
        for (int i = 1; i < QUESTIONS && answer instanceof Payable.NotYet; i++) {
            answer = next(order);
        }
        return answer;
    }

    private Payable next(OrderId order) {
        Deque<Payable> left = answers.getOrDefault(order, new ArrayDeque<>(List.of(new Payable.NotFound())));
        return left.size() > 1 ? left.removeFirst() : left.getFirst();
    }
}
