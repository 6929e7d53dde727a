package dev.hexmart.adapter.http.access;

/** Is told how many streams there are, and of those that are refused. */
public interface StreamObserver {

    /** The number of open streams has changed. @param change 1 or -1 */
    default void streams(int change) {}

    /** A stream was refused because there are as many as there may be. @param limit whose: customer, address or server */
    default void streamRefused(String limit) {}
}
