/** The money of an order: asked for once, known for certain only when the provider has said so. */
package dev.hexmart.domain.payment;
