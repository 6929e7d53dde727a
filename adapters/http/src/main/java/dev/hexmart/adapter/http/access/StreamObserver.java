package dev.hexmart.adapter.http.access;

/** Observes the number of open streams, and refused ones. */
public interface StreamObserver {

    /** The number of open streams has changed. @param change 1 or -1 */
    default void streams(int change) {}

    /** A stream was refused because there are as many as there may be. @param limit whose: customer, address or server */
    default void streamRefused(String limit) {}
}
