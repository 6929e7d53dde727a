package dev.hexmart.bootstrap.platform.process;

/** The environment does not say what a service needs; the message names the variable and never its value. */
public final class ConfigurationError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ConfigurationError(String variable, String problem) {
        super(variable + " " + problem);
    }
}
