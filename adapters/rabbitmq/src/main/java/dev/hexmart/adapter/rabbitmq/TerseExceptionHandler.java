package dev.hexmart.adapter.rabbitmq;

import com.rabbitmq.client.impl.DefaultExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs a lost connection in one line; the library would print a stack trace for each. */
final class TerseExceptionHandler extends DefaultExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(TerseExceptionHandler.class);

    @Override
    protected void log(String message, Throwable failure) {
        LOG.warn("{}: {}", message, failure.toString());
    }
}
