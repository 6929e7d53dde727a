-- The one payment of each order; that there is no second is the primary key's promise, not the code's hope.
CREATE TABLE payment (
    order_id        uuid PRIMARY KEY,
    state           text    NOT NULL CHECK (state IN
                        ('REQUESTED', 'UNKNOWN', 'CAPTURED', 'DECLINED', 'REFUNDING', 'REFUNDED', 'VOIDED')),
    customer_tenant uuid,
    customer_object uuid,
    amount          bigint CHECK (amount BETWEEN 0 AND 1000000000000),
    currency        text CHECK (currency ~ '^[A-Z]{3}$'),
    method          text,
    attempts        integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    -- When the provider is to be asked next.
    ask_at          timestamptz,
    reference       text,
    reason          text,
    version         integer NOT NULL CHECK (version >= 1),
    -- What is asked for is known as a whole or, where the payment was called off before it began, not at all.
    CHECK (num_nulls(customer_tenant, customer_object, amount, currency, method) = 0
        OR (num_nonnulls(customer_tenant, customer_object, amount, currency, method) = 0 AND state = 'VOIDED')),
    CHECK ((ask_at IS NOT NULL) = (state IN ('REQUESTED', 'UNKNOWN', 'REFUNDING'))),
    CHECK ((reference IS NOT NULL) = (state = 'CAPTURED')),
    CHECK ((reason IS NOT NULL) = (state = 'DECLINED'))
);

-- Payments about which the provider is to be asked, those that wait longest first.
CREATE INDEX payment_due ON payment (ask_at, order_id) WHERE ask_at IS NOT NULL;
