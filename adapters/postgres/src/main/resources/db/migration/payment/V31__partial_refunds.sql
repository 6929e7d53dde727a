-- Parts of a payment that are given back one after another, and what is said of the goods when everything is.
ALTER TABLE payment
    -- The sum of the parts that have been given back.
    ADD COLUMN refunded    bigint CHECK (refunded >= 0),
    -- The part that is just being given back, and its number: with the order, the provider's key.
    ADD COLUMN part        bigint CHECK (part > 0),
    ADD COLUMN part_number integer CHECK (part_number >= 1),
    -- Missing where the refund is older than this column: the goods could be sold again.
    ADD COLUMN goods       text CHECK (goods IN ('RETURNED', 'OUTSTANDING')),
    DROP CONSTRAINT payment_state_check,
    DROP CONSTRAINT payment_check1,
    DROP CONSTRAINT payment_check2,
    ADD CONSTRAINT payment_state_check CHECK (state IN
        ('REQUESTED', 'UNKNOWN', 'CAPTURED', 'DECLINED', 'PART_REFUNDING', 'PART_REFUNDED', 'REFUNDING', 'REFUNDED', 'VOIDED')),
    ADD CONSTRAINT payment_ask_at_check CHECK
        ((ask_at IS NOT NULL) = (state IN ('REQUESTED', 'UNKNOWN', 'PART_REFUNDING', 'REFUNDING'))),
    ADD CONSTRAINT payment_reference_check CHECK
        ((reference IS NOT NULL) = (state IN ('CAPTURED', 'PART_REFUNDING', 'PART_REFUNDED'))),
    ADD CONSTRAINT payment_parts_check CHECK
        ((refunded IS NOT NULL) = (state IN ('PART_REFUNDING', 'PART_REFUNDED'))
            AND (part_number IS NOT NULL) = (refunded IS NOT NULL)
            AND (part IS NOT NULL) = (state = 'PART_REFUNDING')),
    -- Parts never add up to all that was captured: giving back everything is a state of its own.
    ADD CONSTRAINT payment_parts_of_amount_check CHECK (coalesce(refunded, 0) + coalesce(part, 0) <= amount);
