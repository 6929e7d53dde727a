-- What the catalog has promised each order, once: a second promise to the same order fails at the primary key.
CREATE TABLE reservation (
    order_id   uuid PRIMARY KEY,
    state      text        NOT NULL CHECK (state IN ('HELD', 'COMMITTED', 'REJECTED', 'RELEASED')),
    changed_at timestamptz NOT NULL DEFAULT now()
);

-- The pieces that are, or were, set aside.
CREATE TABLE reservation_line (
    order_id uuid    NOT NULL REFERENCES reservation,
    place    integer NOT NULL,
    product  uuid    NOT NULL,
    quantity integer NOT NULL CHECK (quantity BETWEEN 1 AND 99),
    PRIMARY KEY (order_id, place),
    UNIQUE (order_id, product)
);

-- The products of which there was not enough; some of them the catalog may never have had.
CREATE TABLE reservation_shortage (
    order_id uuid    NOT NULL REFERENCES reservation,
    place    integer NOT NULL,
    product  uuid    NOT NULL,
    PRIMARY KEY (order_id, place)
);
