/** What a customer means to buy. */
package dev.hexmart.domain.cart;
