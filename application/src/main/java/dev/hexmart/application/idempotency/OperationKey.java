package dev.hexmart.application.idempotency;

import dev.hexmart.domain.shared.CustomerId;

/**
 * An idempotency key in its scope: the same key from another caller, or for another operation, is another one.
 *
 * @param operation which use case, such as {@code place-order}
 */
public record OperationKey(CustomerId caller, String operation, IdempotencyKey key) {}
