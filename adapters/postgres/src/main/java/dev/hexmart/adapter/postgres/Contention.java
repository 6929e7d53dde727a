package dev.hexmart.adapter.postgres;

import java.sql.SQLException;

/** The server has given up this transaction in favour of another; nothing of it was made. */
final class Contention extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Contention(SQLException cause) {
        super("The transaction lost a conflict with another one", cause);
    }
}
