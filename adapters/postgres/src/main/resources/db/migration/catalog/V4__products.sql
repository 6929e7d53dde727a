-- What is on offer. A product that is taken off the offer is deleted: orders hold their own copy of what they need.
-- Names sort by code point, whatever the server's locale, because the order of a page must not depend on where it is made.
CREATE TABLE product (
    id          uuid PRIMARY KEY,
    name        text COLLATE "C" NOT NULL CHECK (char_length(name) BETWEEN 1 AND 120),
    description text             NOT NULL CHECK (char_length(description) <= 2000),
    category    text             NOT NULL,
    image       text             NOT NULL,
    price       bigint           NOT NULL CHECK (price BETWEEN 1 AND 1000000000000),
    currency    text             NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    -- Name and description in lower case. A search looks for parts of words, which no plain index can serve; it reads all
    -- of this column, which is a matter of milliseconds for some ten thousand products.
    search_text text COLLATE "C" NOT NULL,
    version     bigint           NOT NULL CHECK (version >= 1)
);

-- The two orders in which products are listed, read in either direction, for the whole shop and for one shelf.
CREATE INDEX product_by_name ON product (name, id);
CREATE INDEX product_by_price ON product (price, id);
CREATE INDEX product_by_category_and_name ON product (category, name, id);
CREATE INDEX product_by_category_and_price ON product (category, price, id);
