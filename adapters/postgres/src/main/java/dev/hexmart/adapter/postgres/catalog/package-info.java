/** Products, stock and reservations. */
package dev.hexmart.adapter.postgres.catalog;
