/** The payments service: the money of an order. */
package dev.hexmart.bootstrap.payments;
