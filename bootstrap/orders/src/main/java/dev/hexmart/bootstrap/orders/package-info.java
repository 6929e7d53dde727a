/** The orders service: where the checkout is decided. */
package dev.hexmart.bootstrap.orders;
