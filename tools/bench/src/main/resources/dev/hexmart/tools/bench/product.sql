-- As GET /products/{id} reads it.
SELECT product.id, name, description, category, image, price, currency, version, coalesce(available, 0) AS available
FROM catalog.product LEFT JOIN catalog.stock ON stock.product = product.id
WHERE product.id = '{product}';
