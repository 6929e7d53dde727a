/** The payment of each order. */
package dev.hexmart.adapter.postgres.payment;
