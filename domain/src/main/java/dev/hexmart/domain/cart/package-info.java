/** The products that a customer wants to order. */
package dev.hexmart.domain.cart;
