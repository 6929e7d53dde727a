-- What failed, or was delivered again, waits here for its next attempt, where it occupies no consumer and no limit of the broker's
-- counts against it. The type, headers and body are whatever came, so nothing is demanded of them.
-- (20: the versions of this folder and of each context's own are one sequence, and the contexts have used those up to 10.)
CREATE TABLE waiting_message (
    id       uuid PRIMARY KEY,
    type     text        NOT NULL,
    body     text        NOT NULL,
    headers  json        NOT NULL,
    attempts integer     NOT NULL,
    outages  integer     NOT NULL CHECK (outages >= 0),
    reason   text        NOT NULL,
    due_at   timestamptz NOT NULL,
    CHECK (attempts >= outages)
);

-- What has been due for the longest comes first.
CREATE INDEX waiting_message_due ON waiting_message (due_at, id);
