package dev.hexmart.adapter.http;

import java.util.Optional;

/** Shows whoever sits before a browser what programs are told as problem details. */
@FunctionalInterface
public interface ErrorPages {

    /** Everybody is told the details. */
    ErrorPages NONE = (_, _) -> Optional.empty();

    /**
     * A page that says what is wrong and what to do.
     *
     * @param head of the request, as far as it is known: one that was refused early may lack its path or its headers
     */
    Optional<Page> page(Request head, Problem problem);

    /** @param policy what the page may load, as its {@code Content-Security-Policy} */
    record Page(String html, String policy) {}
}
