-- Which wishes have been granted, and how they were answered: one row a caller, operation and key, so that the same wish
-- is granted once.
CREATE TABLE idempotency_key (
    caller_tenant uuid        NOT NULL,
    caller_object uuid        NOT NULL,
    operation     text        NOT NULL,
    value         text        NOT NULL CHECK (char_length(value) BETWEEN 1 AND 255),
    fingerprint   text        NOT NULL,
    claimed_at    timestamptz NOT NULL,
    -- Missing while somebody is at it.
    answer        text,
    PRIMARY KEY (caller_tenant, caller_object, operation, value)
);

-- What is old enough to be forgotten.
CREATE INDEX idempotency_key_claimed ON idempotency_key (claimed_at);
