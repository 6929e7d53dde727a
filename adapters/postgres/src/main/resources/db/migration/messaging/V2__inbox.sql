-- The broker delivers at least once; the id of a message is stored in the transaction of its effect, so that the effect
-- comes once.
CREATE TABLE inbox (
    message_id  uuid PRIMARY KEY,
    recorded_at timestamptz NOT NULL DEFAULT now()
);

-- What is old enough to be forgotten.
CREATE INDEX inbox_recorded ON inbox (recorded_at);
