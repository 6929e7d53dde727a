package dev.hexmart.tools.load;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One shopper's visit, as the shopper has seen it.
 *
 * @param customer who the shop says the shopper is; unknown if they did not get as far as their cart
 * @param lines how many pieces of which product were in the cart
 * @param orders all that were named in answer to the one idempotency key
 * @param total as the answer said it
 */
record Checkout(
        int number,
        String shopper,
        Optional<String> customer,
        String method,
        Map<String, Integer> lines,
        Set<String> orders,
        Optional<Money> total,
        Outcome outcome) {

    Checkout {
        lines = Map.copyOf(lines);
        orders = Set.copyOf(orders);
    }

    /** How a visit ends. */
    sealed interface Outcome {

        /** @param status the order's */
        record Ended(String status) implements Outcome {}

        /** The order was accepted, and nothing became of it for as long as the shopper had patience. */
        record Unfinished(String why) implements Outcome {}

        /** The shop said that it has no time for it now. */
        record Refused(String why) implements Outcome {}

        /**
         * Refused before any order was placed, because there is less in stock than the cart holds.
         *
         * @param available how many pieces the answer says are left, by product
         */
        record SoldOut(Map<String, Integer> available) implements Outcome {

            public SoldOut {
                available = Map.copyOf(available);
            }
        }

        /** No answer; it is unknown whether there is an order. */
        record Lost(String why) implements Outcome {}

        /** The answer was none that belongs there. */
        record Failed(String why) implements Outcome {}
    }

    @Override
    public String toString() {
        return "checkout " + number + " by " + shopper + " (" + method + ")";
    }
}
