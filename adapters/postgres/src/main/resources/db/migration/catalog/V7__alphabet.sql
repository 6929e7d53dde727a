-- Names sort as an alphabet does, with é beside e and I beside i: by ICU's root collation, which is the same wherever ICU is of one
-- version. The indexes are built anew; ADR 0030 says what to do after an upgrade of ICU.
ALTER TABLE product ALTER COLUMN name TYPE text COLLATE "und-x-icu";

-- The words that a product is found by, folded by the service (the class SearchWords), so that no parser or dictionary of
-- PostgreSQL's has a say in it. The next migration fills it for the products that there are.
ALTER TABLE product ADD COLUMN search_words tsvector;
