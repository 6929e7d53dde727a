/** The API of the cart, its checkout included. */
package dev.hexmart.adapter.http.api.cart;
