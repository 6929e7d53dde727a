-- Every step of an order's life. The primary key is the last net against two steps that both follow the same version.
CREATE TABLE order_history (
    order_id   uuid        NOT NULL REFERENCES orders,
    version    integer     NOT NULL CHECK (version >= 1),
    status     text        NOT NULL
               CHECK (status IN ('PENDING', 'RESERVED', 'PAID', 'CANCELLED', 'REFUNDED')),
    entered_at timestamptz NOT NULL,
    note       text        NOT NULL,
    PRIMARY KEY (order_id, version)
);
