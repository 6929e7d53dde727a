-- put_off_until now also holds a message for the relay that is just sending it, so it changes with every message: no index may
-- depend on it. What comes earlier about the same order is found by the order instead.
DROP INDEX outbox_put_off;
CREATE INDEX outbox_unsent_by_order ON outbox (order_id, seq) WHERE sent_at IS NULL;
