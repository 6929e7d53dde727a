package dev.hexmart.application.cart;

import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.identity.Credential;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An orders service that gives the answers it is told to give. */
public final class InMemoryOrderPlacement implements OrderPlacement {

    private final List<PlacementRequest> requests = new ArrayList<>();
    private Optional<Placement> answer = Optional.empty();
    private Optional<Credential> lastCredential = Optional.empty();

    /** From now on this is the answer. */
    public void answer(Placement placement) {
        answer = Optional.of(placement);
    }

    /** From now on requests time out, although they arrive. */
    public void breakDown() {
        answer = Optional.empty();
    }

    /** What was asked for, in turn. */
    public List<PlacementRequest> requests() {
        return List.copyOf(requests);
    }

    /** On whose behalf it was asked last. */
    public Optional<Credential> lastCredential() {
        return lastCredential;
    }

    @Override
    public Placement place(PlacementRequest request, Credential customer) {
        requests.add(request);
        lastCredential = Optional.of(customer);
        return answer.orElseThrow(() -> new TemporaryFailure("Timeout"));
    }
}
