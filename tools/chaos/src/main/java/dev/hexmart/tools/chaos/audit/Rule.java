package dev.hexmart.tools.chaos.audit;

/** What must hold. */
enum Rule {
    ACKNOWLEDGED(
            "every acknowledged order is stored",
            "the database has lost a commit: is it restored from a backup, or are fsync or synchronous_commit off?"),
    FINISHED(
            "every order comes to its end",
            "see docs/runbooks/OrdersStuck.md: does the orders service run, and does it receive messages?"),
    ONCE(
            "one order for each idempotency key",
            "cancel all but one of them at /office, and look for a second writer of the orders' tables"),
    TOTALS("an order's total is the sum of its lines", "the order was changed by hand: compare it with its history"),
    MONEY(
            "each paid order has one capture of its total, and nothing else is kept",
            "refund at the provider what was taken too much; see docs/runbooks/PaymentsFailing.md"),
    STOCK(
            "available + reserved + sold is what was put in, by stock, ledger, reservations and orders",
            "do not correct the stock by hand: the ledger (GET /products/{id}/stock) says which movement is wrong"),
    MESSAGES(
            "nothing unsent, nothing lost on the way, nothing parked",
            "see docs/runbooks/OutboxStuck.md, RetriesPending.md and MessagesParked.md, which say how to send again");

    private final String words;
    private final String remedy;

    Rule(String words, String remedy) {
        this.words = words;
        this.remedy = remedy;
    }

    /** What to do about a breach. */
    String remedy() {
        return remedy;
    }

    @Override
    public String toString() {
        return words;
    }
}
