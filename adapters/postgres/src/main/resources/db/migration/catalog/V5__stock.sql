-- How many pieces there are; apart from the product, so that editing a text does not contend with reserving. It outlives
-- its product, whose orders may still give pieces back, so there is no foreign key to it.
CREATE TABLE stock (
    product   uuid PRIMARY KEY,
    available integer NOT NULL CHECK (available >= 0),
    reserved  integer NOT NULL CHECK (reserved >= 0)
);

-- The ledger: for each product the sums of its movements are its stock, at any time.
CREATE TABLE stock_movement (
    seq       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    product   uuid        NOT NULL REFERENCES stock,
    kind      text        NOT NULL CHECK (kind IN ('ADJUSTED', 'RESERVED', 'RELEASED', 'SOLD', 'RETURNED')),
    available integer     NOT NULL,
    reserved  integer     NOT NULL,
    reason    text        NOT NULL CHECK (char_length(reason) BETWEEN 1 AND 200),
    moved_at  timestamptz NOT NULL
);

-- The ledger of one product, newest first.
CREATE INDEX stock_movement_by_product ON stock_movement (product, seq);
