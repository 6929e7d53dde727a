-- The W3C trace that the order was placed in, by which its whole story is found in the traces and the logs.
ALTER TABLE orders ADD COLUMN trace_id text CHECK (trace_id ~ '^[0-9a-f]{32}$');
