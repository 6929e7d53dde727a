package dev.hexmart.adapter.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import io.opentelemetry.api.logs.LogRecordBuilder;
import io.opentelemetry.api.logs.LoggerProvider;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.context.Context;
import java.util.Iterator;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/**
 * Sends a service's log lines to the collector, with the trace that they belong to.
 *
 * <p>In a process of several services, a record belongs to the service whose span is current on the thread; one without a span,
 * such as a library's, is sent by the service that was started first.
 */
final class LogShipping extends UnsynchronizedAppenderBase<ILoggingEvent> {

    private final Telemetry telemetry;
    private final LoggerProvider loggers;
    private final Logger root;

    private LogShipping(Telemetry telemetry, LoggerProvider loggers, LoggerContext context) {
        this.telemetry = telemetry;
        this.loggers = loggers;
        this.root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        setContext(context);
        setName("otlp");
    }

    static LogShipping begin(Telemetry telemetry, LoggerProvider loggers) {
        ILoggerFactory logging = LoggerFactory.getILoggerFactory();
        if (!(logging instanceof LoggerContext context)) {
            throw new IllegalStateException("Logs are sent to the collector by way of Logback, which is not there");
        }
        LogShipping shipping = new LogShipping(telemetry, loggers, context);
        shipping.start();
        shipping.root.addAppender(shipping);
        return shipping;
    }

    void close() {
        root.detachAppender(this);
        stop();
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (!isOurs()) {
            return;
        }
        LogRecordBuilder line = loggers.get(event.getLoggerName())
                .logRecordBuilder()
                .setContext(Context.current())
                .setTimestamp(event.getInstant())
                .setSeverity(severity(event.getLevel()))
                .setSeverityText(event.getLevel().toString())
                .setBody(event.getFormattedMessage())
                .setAttribute("thread.name", event.getThreadName());
        IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown != null) {
            line.setAttribute("exception.type", thrown.getClassName())
                    .setAttribute("exception.message", String.valueOf(thrown.getMessage()))
                    .setAttribute("exception.stacktrace", ThrowableProxyUtil.asString(thrown));
        }
        line.emit();
    }

    private boolean isOurs() {
        return Telemetry.atWork().map(telemetry::equals).orElseGet(this::isFirst);
    }

    private boolean isFirst() {
        for (Iterator<Appender<ILoggingEvent>> all = root.iteratorForAppenders(); all.hasNext(); ) {
            if (all.next() instanceof LogShipping first) {
                return equals(first);
            }
        }
        return false;
    }

    private static Severity severity(Level level) {
        return switch (level.toInt()) {
            case Level.ERROR_INT -> Severity.ERROR;
            case Level.WARN_INT -> Severity.WARN;
            case Level.INFO_INT -> Severity.INFO;
            case Level.DEBUG_INT -> Severity.DEBUG;
            default -> Severity.TRACE;
        };
    }
}
