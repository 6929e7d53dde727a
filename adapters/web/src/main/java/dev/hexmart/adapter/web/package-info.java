/**
 * The shop as browsers see it, a backend for frontend: pages made of what the services answer, and requests passed on to them.
 *
 * <p>Of all adapters this one alone knows others, the HTTP server, the HTTP client and the storefront's templates: it is where
 * they meet.
 */
package dev.hexmart.adapter.web;
