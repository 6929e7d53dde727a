package dev.hexmart.bootstrap.platform.service;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Values of metrics that a database or a broker is asked for, as of the last look-up.
 *
 * <p>So a scrape waits for neither, and frequent scrapes ask them no more often. A value is NaN before the first look-up and
 * after one that failed.
 */
final class PolledValues {

    private static final Logger LOG = LoggerFactory.getLogger(PolledValues.class);

    private final List<Value> values = new CopyOnWriteArrayList<>();

    /** Returns what supplies the value of the last look-up. */
    DoubleSupplier add(DoubleSupplier lookUp) {
        Value value = new Value(lookUp);
        values.add(value);
        return () -> value.last;
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    void lookUp() {
        values.forEach(Value::lookUp);
    }

    private static final class Value {

        private final DoubleSupplier source;
        private volatile double last = Double.NaN;

        Value(DoubleSupplier source) {
            this.source = source;
        }

        void lookUp() {
            try {
                last = source.getAsDouble();
            } catch (RuntimeException e) {
                // An outage has its own alert.
                LOG.debug("A metric cannot be looked up", e);
                last = Double.NaN;
            }
        }
    }
}
