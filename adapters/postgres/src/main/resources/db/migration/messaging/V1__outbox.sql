-- A message is stored in the transaction that decides to send it, so that there is never the one without the other.
-- seq gives messages their order; what is still to be sent is told by sent_at alone, because a transaction that took a
-- lower seq may commit later.
CREATE TABLE outbox (
    seq           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id            uuid        NOT NULL UNIQUE,
    order_id      uuid        NOT NULL,
    type          text        NOT NULL,
    -- As it goes out, byte by byte: text, for jsonb would write it anew.
    body          text        NOT NULL,
    headers       json        NOT NULL,
    appended_at   timestamptz NOT NULL,
    sent_at       timestamptz,
    attempts      integer     NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    put_off_until timestamptz
);

-- The relay reads what is unsent, which is little, out of all that was ever sent, which is much.
CREATE INDEX outbox_unsent ON outbox (seq) WHERE sent_at IS NULL;

-- Whether something earlier about the same order is put off.
CREATE INDEX outbox_put_off ON outbox (order_id, seq) WHERE sent_at IS NULL AND put_off_until IS NOT NULL;

-- What is old enough to be forgotten.
CREATE INDEX outbox_sent ON outbox (sent_at) WHERE sent_at IS NOT NULL;
