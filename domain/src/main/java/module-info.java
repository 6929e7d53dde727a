/** The business rules of Hexmart, on the JDK's base module alone: no I/O, no framework, no clock of its own. */
module dev.hexmart.domain {
    exports dev.hexmart.domain.shared;
    exports dev.hexmart.domain.messages;
    exports dev.hexmart.domain.catalog;
    exports dev.hexmart.domain.cart;
    exports dev.hexmart.domain.ordering;
    exports dev.hexmart.domain.payment;
}
