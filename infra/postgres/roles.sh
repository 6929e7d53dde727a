#!/bin/bash
# Makes the services' database when the volume is new: for each a role, and a schema that no other sees.
# The demo does the same by DatabaseProvisioning; here psql reads the passwords, so that no command line ever shows them.
set -euo pipefail
psql -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d postgres <<'SQL'
\set QUIET on
\getenv products_password PRODUCTS_DATABASE_PASSWORD
\getenv orders_password ORDERS_DATABASE_PASSWORD
\getenv payments_password PAYMENTS_DATABASE_PASSWORD
CREATE ROLE hexmart_products LOGIN PASSWORD :'products_password';
CREATE ROLE hexmart_orders LOGIN PASSWORD :'orders_password';
CREATE ROLE hexmart_payments LOGIN PASSWORD :'payments_password';
-- Texts sort by their code points, whatever the server's own locale.
CREATE DATABASE ecommerce TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C';
REVOKE ALL ON DATABASE ecommerce, postgres FROM PUBLIC;
GRANT CONNECT ON DATABASE ecommerce TO hexmart_products, hexmart_orders, hexmart_payments;
\connect ecommerce
REVOKE ALL ON SCHEMA public FROM PUBLIC;
CREATE SCHEMA catalog AUTHORIZATION hexmart_products;
CREATE SCHEMA ordering AUTHORIZATION hexmart_orders;
CREATE SCHEMA payment AUTHORIZATION hexmart_payments;
SQL
