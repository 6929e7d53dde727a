package dev.hexmart.adapter.postgres;

import dev.hexmart.application.failure.PermanentFailure;
import dev.hexmart.application.failure.TemporaryFailure;
import io.helidon.dbclient.DbClientException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Optional;

/** Maps SQL errors to failures: retry of the transaction, temporary, or permanent. */
final class Failures {

    private static final String SERIALIZATION_FAILURE = "40001";
    private static final String DEADLOCK_DETECTED = "40P01";
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String QUERY_CANCELED = "57014";
    private static final String IDLE_IN_TRANSACTION_TIMEOUT = "25P03";
    private static final String TRANSACTION_TIMEOUT = "25P04";
    private static final String READ_ONLY_TRANSACTION = "25006";

    private Failures() {}

    static RuntimeException of(DbClientException failure) {
        return sqlException(failure).map(Failures::of).orElse(failure);
    }

    static RuntimeException of(SQLException failure) {
        if (isContention(failure)) {
            return new Contention(failure);
        }
        String message = message("The database refused", failure);
        return isTemporary(failure) ? new TemporaryFailure(message, failure) : new PermanentFailure(message, failure);
    }

    /** A connection that is lost in the commit does not tell; the work must not be run again then, for it may have been done. */
    static RuntimeException ofCommit(DbClientException failure) {
        return sqlException(failure)
                .map(cause -> isTemporary(cause)
                        ? new TemporaryFailure(
                                message("It is not known whether the database has committed", cause), cause)
                        : of(cause))
                .orElse(failure);
    }

    /** Whether the server takes no changes: it is a standby, or was the primary once. */
    static boolean isReadOnly(SQLException failure) {
        return state(failure).equals(READ_ONLY_TRANSACTION);
    }

    private static String message(String what, SQLException failure) {
        return "%s: %s (SQLSTATE %s)".formatted(what, failure.getMessage(), failure.getSQLState());
    }

    private static boolean isContention(SQLException failure) {
        String state = state(failure);
        return state.equals(SERIALIZATION_FAILURE) || state.equals(DEADLOCK_DETECTED);
    }

    private static boolean isTemporary(SQLException failure) {
        if (failure instanceof SQLTransientException || failure instanceof SQLRecoverableException) {
            return true;
        }
        String state = state(failure);
        return switch (state) {
            case LOCK_NOT_AVAILABLE,
                    QUERY_CANCELED,
                    IDLE_IN_TRANSACTION_TIMEOUT,
                    TRANSACTION_TIMEOUT,
                    READ_ONLY_TRANSACTION -> true;
            default ->
                // connection exception, insufficient resources, operator intervention, system error
                state.startsWith("08") || state.startsWith("53") || state.startsWith("57P") || state.startsWith("58");
        };
    }

    /** Empty for what the pool says, which knows no SQL states. */
    private static String state(SQLException failure) {
        return Optional.ofNullable(failure.getSQLState()).orElse("");
    }

    private static Optional<SQLException> sqlException(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return Optional.of(sql);
            }
        }
        return Optional.empty();
    }
}
