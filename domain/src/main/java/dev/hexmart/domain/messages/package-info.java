/**
 * The published language: the commands and events between contexts.
 *
 * <p>A message's type says which context it is for ({@link Destination}), so that each context's handler is a {@code switch}
 * which the compiler checks for completeness.
 */
package dev.hexmart.domain.messages;
