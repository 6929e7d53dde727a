/**
 * The stores of the three contexts that keep their state in PostgreSQL: a schema, a role and a pool each.
 *
 * <p>SQL is executed through Helidon's DbClient. Plain JDBC appears only where DbClient has nothing: to provision a server,
 * to find it at start-up, and to notify and listen.
 */
package dev.hexmart.adapter.postgres;
