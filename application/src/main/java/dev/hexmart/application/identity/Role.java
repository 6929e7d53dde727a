package dev.hexmart.application.identity;

/** What the identity provider's administrator can entrust somebody with, beyond being a customer. */
public enum Role {
    CATALOG_MANAGE,
    ORDERS_MANAGE
}
