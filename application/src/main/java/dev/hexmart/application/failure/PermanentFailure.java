package dev.hexmart.application.failure;

/** The same call will fail again until its cause is fixed: wrong credentials, a missing table, unreadable data. */
public final class PermanentFailure extends InfrastructureFailure {

    private static final long serialVersionUID = 1L;

    public PermanentFailure(String message, Throwable cause) {
        super(message, cause);
    }

    public PermanentFailure(String message) {
        super(message);
    }
}
