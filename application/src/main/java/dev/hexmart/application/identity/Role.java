package dev.hexmart.application.identity;

/** What the identity provider's administrator can entrust somebody with, beyond being a customer. */
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
