-- 2^53 - 1, the most that can be paid in minor units of any currency.
ALTER TABLE payment DROP CONSTRAINT payment_amount_check,
    ADD CONSTRAINT payment_amount_check CHECK (amount BETWEEN 0 AND 9007199254740991);
