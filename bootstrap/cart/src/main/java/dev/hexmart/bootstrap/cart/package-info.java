/** The cart service: carts and the way to the checkout. */
package dev.hexmart.bootstrap.cart;
