-- Which attempt to pay the order the row is about: a declined one may be followed by another. The order and this number are
-- the provider's key.
ALTER TABLE payment ADD COLUMN charge_attempt integer NOT NULL DEFAULT 1 CHECK (charge_attempt >= 1);
