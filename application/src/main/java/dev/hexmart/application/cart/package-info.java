/** Filling a cart and taking it to the checkout. */
package dev.hexmart.application.cart;
