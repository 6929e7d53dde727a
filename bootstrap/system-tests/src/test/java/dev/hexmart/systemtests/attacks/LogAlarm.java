package dev.hexmart.systemtests.attacks;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** Hears all that this process logs, and keeps what an operator has to look at: errors, and all that has a stack trace. */
final class LogAlarm extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private final Logger root = ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(Logger.ROOT_LOGGER_NAME);
    private final List<String> heard = new CopyOnWriteArrayList<>();

    static LogAlarm listen() {
        LogAlarm alarm = new LogAlarm();
        alarm.setContext(alarm.root.getLoggerContext());
        alarm.start();
        alarm.root.addAppender(alarm);
        return alarm;
    }

    List<String> heard() {
        return List.copyOf(heard);
    }

    @Override
    protected void append(ILoggingEvent event) {
        IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown != null || event.getLevel().isGreaterOrEqual(Level.ERROR)) {
            heard.add(event.getLevel() + " " + event.getLoggerName() + " " + event.getFormattedMessage()
                    + (thrown == null ? "" : " " + thrown.getClassName() + ": " + thrown.getMessage()));
        }
    }

    @Override
    public void close() {
        root.detachAppender(this);
    }
}
