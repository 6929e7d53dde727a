package dev.hexmart.application.failure;

/** The same call may well succeed later: a timeout, a lost connection, a full pool, a conflict between transactions. */
public final class TemporaryFailure extends InfrastructureFailure {

    private static final long serialVersionUID = 1L;

    public TemporaryFailure(String message, Throwable cause) {
        super(message, cause);
    }

    public TemporaryFailure(String message) {
        super(message);
    }
}
