package dev.hexmart.bootstrap.platform.process;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.function.Supplier;

/** Random secrets: 256 bits in 43 characters that need no encoding in a URL or a cookie. */
public final class RandomSecrets implements Supplier<String> {

    private static final int BYTES = 32;

    private final SecureRandom random = new SecureRandom();

    @Override
    public String get() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
