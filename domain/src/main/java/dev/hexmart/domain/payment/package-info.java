/** The payment of an order: charged once, known only by the provider's answer. */
package dev.hexmart.domain.payment;
