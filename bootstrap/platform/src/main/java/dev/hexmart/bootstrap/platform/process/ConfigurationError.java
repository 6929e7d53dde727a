package dev.hexmart.bootstrap.platform.process;

/** A missing or invalid environment variable; the message has its name and never its value. */
public final class ConfigurationError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ConfigurationError(String variable, String problem) {
        super(variable + " " + problem);
    }
}
