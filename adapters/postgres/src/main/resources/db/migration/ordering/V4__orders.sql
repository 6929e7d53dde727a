-- Orders with what was bought, at the names and prices of the day: an order never asks the catalog again.
CREATE TABLE orders (
    id                  uuid PRIMARY KEY,
    customer_tenant     uuid        NOT NULL,
    customer_object     uuid        NOT NULL,
    method              text,
    currency            text        NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    -- The sum of the lines, written once beside them: for reports, and for whoever checks the sums.
    total               bigint      NOT NULL CHECK (total BETWEEN 0 AND 1000000000000),
    placed_at           timestamptz NOT NULL,
    pay_by              timestamptz NOT NULL CHECK (pay_by > placed_at),
    status              text        NOT NULL
                        CHECK (status IN ('PENDING', 'RESERVED', 'PAID', 'CANCELLED', 'REFUNDED')),
    cancellation_reason text
                        CHECK (cancellation_reason IN
                            ('SOLD_OUT', 'PAYMENT_DECLINED', 'EXPIRED', 'ON_REQUEST', 'PAID_TOO_EARLY')),
    version             integer     NOT NULL CHECK (version >= 1),
    CHECK ((status = 'CANCELLED') = (cancellation_reason IS NOT NULL))
);

CREATE TABLE order_line (
    order_id   uuid    NOT NULL REFERENCES orders,
    place      integer NOT NULL,
    product    uuid    NOT NULL,
    name       text    NOT NULL,
    unit_price bigint  NOT NULL CHECK (unit_price BETWEEN 0 AND 1000000000000),
    quantity   integer NOT NULL CHECK (quantity BETWEEN 1 AND 99),
    PRIMARY KEY (order_id, place),
    UNIQUE (order_id, product)
);

-- A customer's orders, and everybody's, newest first.
CREATE INDEX orders_by_customer ON orders (customer_tenant, customer_object, placed_at DESC, id DESC);
CREATE INDEX orders_by_time ON orders (placed_at DESC, id DESC);

-- Those that time runs out for, which are few among all.
CREATE INDEX orders_unpaid ON orders (pay_by, id) WHERE status IN ('PENDING', 'RESERVED');
