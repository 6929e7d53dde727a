package dev.hexmart.application.failure;

/** Something outside the core did not work; thrown by adapters only, in one of two kinds that callers treat differently. */
public abstract sealed class InfrastructureFailure extends RuntimeException permits TemporaryFailure, PermanentFailure {

    private static final long serialVersionUID = 1L;

    InfrastructureFailure(String message, Throwable cause) {
        super(message, cause);
    }

    InfrastructureFailure(String message) {
        super(message);
    }
}
