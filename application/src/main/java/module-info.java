/** What Hexmart can do, as use cases, and what it needs from outside, as ports. Requires the domain and nothing else. */
module dev.hexmart.application {
    requires transitive dev.hexmart.domain;

    exports dev.hexmart.application.catalog;
    exports dev.hexmart.application.cart;
    exports dev.hexmart.application.ordering;
    exports dev.hexmart.application.payment;
    exports dev.hexmart.application.identity;
    exports dev.hexmart.application.limit;
    exports dev.hexmart.application.messaging;
    exports dev.hexmart.application.transaction;
    exports dev.hexmart.application.idempotency;
    exports dev.hexmart.application.failure;
}
