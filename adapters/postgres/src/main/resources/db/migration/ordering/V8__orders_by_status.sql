-- Those that stand at one point, newest first: some are few among very many.
CREATE INDEX orders_by_status ON orders (status, placed_at DESC, id DESC);
