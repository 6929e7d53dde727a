-- What a step did, as a code with data; it is put into words where it is shown. An entry without a code is older, and has its
-- words in "note", which the releases that wrote them still read.
ALTER TABLE order_history
    ADD COLUMN code text,
    ADD COLUMN data jsonb,
    ALTER COLUMN note SET DEFAULT '';
