-- What an order comes to that is placed: its row, a line, an entry of its history, and a message, in one transaction. It is
-- written as one that is over, so that no service takes it up.
WITH placed AS (
    INSERT INTO ordering.orders
        (id, customer_tenant, customer_object, method, currency, total, placed_at, pay_by, status, version)
    VALUES (gen_random_uuid(), '11111111-1111-1111-1111-111111111111', gen_random_uuid(), 'card-ok', 'EUR', 1999,
            now(), now() + interval '15 minutes', 'PAID', 1)
    RETURNING id
), line AS (
    INSERT INTO ordering.order_line (order_id, place, product, name, unit_price, quantity)
    SELECT id, 1, '{product}', 'Measured', 1999, 1 FROM placed
), entry AS (
    INSERT INTO ordering.order_history (order_id, version, status, entered_at, code, data)
    SELECT id, 1, 'PAID', now(), 'PAID', '{}' FROM placed
)
INSERT INTO ordering.outbox (id, order_id, type, body, headers, appended_at, sent_at)
SELECT gen_random_uuid(), id, 'Measured', '{}', '{}', now(), now() FROM placed;
