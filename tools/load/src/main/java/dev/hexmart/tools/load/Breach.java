package dev.hexmart.tools.load;

/** Something that the shop got wrong. @param detail names the order, the product or the request */
record Breach(Rule rule, String detail) {

    /** What must hold. */
    enum Rule {
        ANSWERED("every checkout has an answer, or is said to be lost"),
        FINISHED("every order comes to an end"),
        ONCE("one order for one idempotency key"),
        AS_ORDERED("an order is what was in the cart, and its total the sum of its lines"),
        PAID_FOR("paid is what is captured in full; cancelled is not captured, or refunded in full"),
        STOCK("no stock below zero, and what is not sold is still there"),
        ERRORS("no unexpected answer, and above all none of the server's own errors");

        private final String words;

        Rule(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }
}
