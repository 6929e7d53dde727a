-- What a category is called beside its slug. One that is not here is called by its slug in words. A category has no row of its own
-- otherwise: it is there as long as a product is in it.
CREATE TABLE category (
    slug text PRIMARY KEY CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND char_length(slug) <= 40),
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 60)
);
