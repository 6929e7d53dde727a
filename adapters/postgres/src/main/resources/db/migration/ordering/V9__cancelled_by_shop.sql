-- Who cancelled an order: its customer (ON_REQUEST) or the shop. Older rows keep ON_REQUEST, which was used for both.
ALTER TABLE orders DROP CONSTRAINT orders_cancellation_reason_check;
ALTER TABLE orders ADD CONSTRAINT orders_cancellation_reason_check
    CHECK (cancellation_reason IN
        ('SOLD_OUT', 'PAYMENT_DECLINED', 'EXPIRED', 'ON_REQUEST', 'BY_SHOP', 'PAID_TOO_EARLY'));
