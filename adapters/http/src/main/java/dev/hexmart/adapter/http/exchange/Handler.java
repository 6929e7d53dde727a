package dev.hexmart.adapter.http.exchange;

/** Answers the requests of one route. */
@FunctionalInterface
public interface Handler {

    Response handle(Request request);
}
