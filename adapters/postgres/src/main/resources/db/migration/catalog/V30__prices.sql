-- Ten thousand million units of a currency with four decimals; how many decimals a currency has, the core knows.
ALTER TABLE product DROP CONSTRAINT product_price_check,
    ADD CONSTRAINT product_price_check CHECK (price BETWEEN 1 AND 100000000000000);

-- Minor units of two currencies are not comparable, so a list by price is by currency first.
ALTER TABLE product ALTER COLUMN currency TYPE text COLLATE "C";
DROP INDEX product_by_price;
DROP INDEX product_by_category_and_price;
CREATE INDEX product_by_price ON product (currency, price, id);
CREATE INDEX product_by_category_and_price ON product (category, currency, price, id);
