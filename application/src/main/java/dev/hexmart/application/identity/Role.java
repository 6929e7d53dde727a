package dev.hexmart.application.identity;

/** A role that the identity provider's administrator grants to an employee. */
public enum Role {
    CATALOG_MANAGE("Catalog.Manage"),
    ORDERS_MANAGE("Orders.Manage");

    private final String published;

    Role(String published) {
        this.published = published;
    }

    /** As administrators know it, and as it stands in tokens. */
    public String published() {
        return published;
    }
}
