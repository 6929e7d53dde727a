/**
 * Hexmart's use cases over HTTP: routes as data, one place that decides who is let in and one that words every refusal.
 *
 * <p>Handlers turn a {@code Request} into a {@code Response} and know nothing of the server that carries both.
 */
package dev.hexmart.adapter.http;
