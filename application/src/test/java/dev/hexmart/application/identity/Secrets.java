package dev.hexmart.application.identity;

import java.util.UUID;

/** Secrets for tests, in the form of those that browsers keep. */
public final class Secrets {

    private Secrets() {}

    /** A secret that no other test knows. */
    public static String random() {
        return ("_-A" + UUID.randomUUID() + UUID.randomUUID()).substring(0, 43);
    }
}
