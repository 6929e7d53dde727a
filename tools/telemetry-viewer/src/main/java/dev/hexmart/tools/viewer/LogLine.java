package dev.hexmart.tools.viewer;

import java.time.Instant;

/**
 * A line of a service's log.
 *
 * @param trace the trace that it belongs to, empty if to none
 * @param span the span, likewise
 * @param stack of the exception that was logged, empty if there was none
 */
record LogLine(
        Instant time,
        String service,
        String level,
        String logger,
        String trace,
        String span,
        String text,
        String stack) {

    int length() {
        return text.length() + stack.length();
    }
}
