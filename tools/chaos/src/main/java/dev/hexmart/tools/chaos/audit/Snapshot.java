package dev.hexmart.tools.chaos.audit;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the databases and the provider's books say, read within moments.
 *
 * @param keys idempotency keys of checkouts that were answered
 * @param reservations by order
 * @param payments by order
 * @param unhandled messages that were sent and that no service has recorded, with the order that each is about
 * @param books what the provider has done, in its order; nothing where it keeps no file
 */
record Snapshot(
        Instant at,
        List<Order> orders,
        List<Key> keys,
        Map<String, Payment> payments,
        Map<String, Reservation> reservations,
        List<Stock> stocks,
        List<Message> messages,
        Map<String, String> unhandled,
        Optional<List<Entry>> books) {

    /** @param pieces by product. @param linesTotal the sum of the lines, in minor units as the total */
    record Order(
            String id,
            String status,
            long total,
            String currency,
            long linesTotal,
            long refunded,
            Instant placed,
            Instant payBy,
            Map<String, Integer> pieces) {

        boolean isOpen() {
            return status.equals("PENDING") || status.equals("RESERVED");
        }
    }

    /** @param order the one that the request was answered with */
    record Key(String caller, String value, String order, Instant claimed) {}

    /** @param amount absent where the payment was called off before it was asked for */
    record Payment(String state, Optional<Long> amount) {

        private static final Set<String> ASKING = Set.of("REQUESTED", "UNKNOWN", "PART_REFUNDING", "REFUNDING");

        boolean isUnderWay() {
            return ASKING.contains(state);
        }
    }

    record Reservation(String state, Map<String, Integer> pieces) {

        boolean isHeld() {
            return state.equals("HELD") || state.equals("COMMITTED");
        }
    }

    /** A product's stock, beside the sums of its ledger. */
    record Stock(
            String product,
            int available,
            int reserved,
            int ledgerAvailable,
            int ledgerReserved,
            int putIn,
            int sold) {}

    /** A message that is not where it belongs yet. @param about ids in it, among them the order's */
    record Message(State state, String service, String id, String type, Set<String> about, Instant since, String why) {

        enum State {
            UNSENT,
            WAITING,
            PARKED
        }
    }

    /** A line of the books. @param kind captured, part-refunded, refunded, declined or blocked */
    record Entry(String kind, String order, long amount, String currency, long partsRefunded) {

        static Entry parse(String line) {
            String[] field = line.split("\t", -1);
            boolean money = Set.of("captured", "part-refunded", "refunded").contains(field[0]);
            return new Entry(
                    field[0],
                    field[1],
                    money ? Long.parseLong(field[2]) : 0,
                    money ? field[3] : "",
                    field[0].equals("part-refunded") ? Long.parseLong(field[6]) : 0);
        }
    }
}
