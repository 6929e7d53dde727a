package dev.hexmart.bootstrap.platform.process;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.status.Status;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a line of the log looks like. */
class LogLinesTest {

    private final LoggerContext context = new LoggerContext();

    @AfterEach
    void forgetTheTrace() {
        LogTrace.take(Optional::empty, Optional::empty);
    }

    private static void beInATrace() {
        LogTrace.take(() -> Optional.of("4bf92f3577b34da6a3ce929d0e0e4736"), () -> Optional.of("00f067aa0ba902b7"));
    }

    private LoggingEvent event(String message, Throwable thrown) {
        LoggingEvent event =
                new LoggingEvent("", context.getLogger("dev.hexmart.Some"), Level.WARN, message, thrown, new Object[0]);
        event.setInstant(Instant.parse("2026-03-02T12:00:00Z"));
        event.setThreadName("main");
        return event;
    }

    @Test
    void aPersonSeesTheBeginningOfTheTraceIfThereIsOne() {
        LoggingEvent event = event("text", null);
        assertThat(new TraceTag().convert(event)).isEmpty();
        beInATrace();
        assertThat(new TraceTag().convert(event)).isEqualTo("[4bf92f35] ");
    }

    @Test
    void jsonLogHasOneObjectPerLineForAnyText() {
        JsonLines lines = new JsonLines();
        assertThat(lines.doLayout(event("said \"so\"\n\\", null)))
                .isEqualTo("{\"timestamp\":\"2026-03-02T12:00:00Z\",\"level\":\"WARN\",\"logger\":\"dev.hexmart.Some\","
                        + "\"thread\":\"main\",\"message\":\"said \\\"so\\\"\\n\\\\\"}\n");
        beInATrace();
        assertThat(lines.doLayout(event("text", new IllegalStateException("why"))))
                .contains(
                        "\"trace_id\":\"4bf92f3577b34da6a3ce929d0e0e4736\"",
                        "\"span_id\":\"00f067aa0ba902b7\"",
                        "\"exception\":\"java.lang.IllegalStateException: why\\n")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "json"})
    void theLogIsConfiguredWithoutAWarning(String format) throws JoranException {
        context.putProperty("LOG_FORMAT", format);
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(LogLinesTest.class.getResource("/logback.xml"));
        assertThat(context.getStatusManager().getCopyOfStatusList())
                .allSatisfy(status ->
                        assertThat(status.getLevel()).as(status.toString()).isEqualTo(Status.INFO));
        assertThat(context.getLogger("ROOT").getAppender("console")).isNotNull();
    }
}
