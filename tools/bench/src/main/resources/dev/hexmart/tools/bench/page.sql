-- As GET /products?limit=20 reads it.
SELECT product.id, name, description, category, image, price, currency, version, coalesce(available, 0) AS available
FROM catalog.product LEFT JOIN catalog.stock ON stock.product = product.id
ORDER BY name, product.id LIMIT 20;
