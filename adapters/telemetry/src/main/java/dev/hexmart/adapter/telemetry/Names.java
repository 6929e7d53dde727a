package dev.hexmart.adapter.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import java.util.Set;

/** Names of OpenTelemetry's semantic conventions, and of the Prometheus labels after them. */
final class Names {

    static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

    /** The label of unknown values, which are unbounded. */
    static final String OTHER = "_OTHER";

    /** The label of what there is none of. */
    static final String NONE = "";

    private static final Set<String> METHODS =
            Set.of("CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE");

    private Names() {}

    static String method(String method) {
        return METHODS.contains(method) ? method : OTHER;
    }

    /** The class of what is at the bottom of it. */
    static String errorType(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getClass().getName();
    }
}
