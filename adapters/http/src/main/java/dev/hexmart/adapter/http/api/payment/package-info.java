/** The API of payments and refunds. */
package dev.hexmart.adapter.http.api.payment;
