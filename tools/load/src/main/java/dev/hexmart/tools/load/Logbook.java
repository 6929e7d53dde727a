package dev.hexmart.tools.load;

import java.util.ArrayList;
import java.util.List;

/** Who came, and what became of them. */
final class Logbook {

    private final List<Checkout> checkouts = new ArrayList<>();
    private int started;
    private int paid;
    private int cancelled;
    private int soldOut;
    private int refused;
    private int lost;
    private int errors;

    synchronized void started() {
        started++;
    }

    synchronized void ended(Checkout checkout) {
        checkouts.add(checkout);
        switch (checkout.outcome()) {
            case Checkout.Outcome.Ended(String status) when status.equals("PAID") -> paid++;
            case Checkout.Outcome.Ended _ -> cancelled++;
            case Checkout.Outcome.SoldOut _ -> soldOut++;
            case Checkout.Outcome.Refused _ -> refused++;
            case Checkout.Outcome.Lost _ -> lost++;
            case Checkout.Outcome.Unfinished _, Checkout.Outcome.Failed _ -> errors++;
        }
    }

    synchronized List<Checkout> checkouts() {
        return List.copyOf(checkouts);
    }

    synchronized Counts counts() {
        return new Counts(started, paid, cancelled, soldOut, refused, lost, errors);
    }

    /**
     * How many of each.
     *
     * @param soldOut those who got no order because there was not enough in stock
     * @param errors those who got an unexpected answer, or lost patience with their order
     */
    record Counts(int started, int paid, int cancelled, int soldOut, int refused, int lost, int errors) {

        int underWay() {
            return started - paid - cancelled - soldOut - refused - lost - errors;
        }
    }
}
