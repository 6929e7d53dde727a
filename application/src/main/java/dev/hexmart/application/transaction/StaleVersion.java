package dev.hexmart.application.transaction;

/**
 * A concurrent transaction has changed what was read; thrown by a repository's {@code save} within a transaction.
 *
 * <p>A {@link Transactor} answers it by running the work again on what is there now.
 */
public final class StaleVersion extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StaleVersion(String what) {
        super(what + " was changed by another transaction");
    }
}
