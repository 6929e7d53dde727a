-- 2^53 - 1, the most that an order can come to in minor units of any currency.
ALTER TABLE orders DROP CONSTRAINT orders_total_check,
    ADD CONSTRAINT orders_total_check CHECK (total BETWEEN 0 AND 9007199254740991);
ALTER TABLE order_line DROP CONSTRAINT order_line_unit_price_check,
    ADD CONSTRAINT order_line_unit_price_check CHECK (unit_price BETWEEN 0 AND 9007199254740991);
