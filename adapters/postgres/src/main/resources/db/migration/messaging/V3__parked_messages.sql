-- What could not be handled waits here for a person, out of the way of the others. The type, headers and body are whatever
-- somebody sent, so nothing is demanded of them.
CREATE TABLE parked_message (
    id        uuid PRIMARY KEY,
    type      text        NOT NULL,
    body      text        NOT NULL,
    headers   json        NOT NULL,
    reason    text        NOT NULL,
    parked_at timestamptz NOT NULL
);

-- The oldest come first.
CREATE INDEX parked_message_oldest ON parked_message (parked_at, id);
