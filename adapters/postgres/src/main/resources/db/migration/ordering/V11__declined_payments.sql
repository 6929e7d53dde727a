-- The number of the last attempt to pay a reserved order that was declined: from then on it waits for its customer.
ALTER TABLE orders ADD COLUMN declined integer NOT NULL DEFAULT 0 CHECK (declined >= 0);
