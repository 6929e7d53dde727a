/**
 * The published language: everything that one context tells another, and nothing that it keeps to itself.
 *
 * <p>A message's type says who it is for, so that each context's handler is a {@code switch} which the compiler holds to
 * be complete.
 */
package dev.hexmart.domain.messages;
