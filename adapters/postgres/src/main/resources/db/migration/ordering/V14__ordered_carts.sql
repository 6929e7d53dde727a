-- Which order each version of a customer's cart came to: the primary key is the last net against two orders for one cart.
CREATE TABLE ordered_cart (
    customer_tenant uuid NOT NULL,
    customer_object uuid NOT NULL,
    version         text NOT NULL CHECK (char_length(version) BETWEEN 1 AND 100),
    order_id        uuid NOT NULL REFERENCES orders,
    PRIMARY KEY (customer_tenant, customer_object, version)
);
