-- The number by which people talk about an order: the last eight digits of its id, newest first where two share one.
CREATE INDEX orders_by_number ON orders (right(CAST(id AS text), 8), placed_at DESC, id DESC);
