package dev.hexmart.adapter.http.server;

import dev.hexmart.adapter.http.exchange.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.util.List;
import java.util.stream.Stream;

/**
 * The security headers of every response; a page has its own content security policy.
 *
 * <p>There is no {@code Access-Control-*} among them: no other site's script has any business here.
 */
final class SecurityHeaders {

    private static final List<io.helidon.http.Header> EVERYWHERE = Stream.of(
                    new Header("Cache-Control", "no-store"),
                    new Header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
                    new Header("Cross-Origin-Opener-Policy", "same-origin"),
                    new Header("Cross-Origin-Resource-Policy", "same-origin"),
                    new Header("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
                    new Header("Referrer-Policy", "no-referrer"),
                    new Header("X-Content-Type-Options", "nosniff"),
                    new Header("X-Frame-Options", "DENY"))
            .map(SecurityHeaders::prepared)
            .toList();

    private static final io.helidon.http.Header TLS_ONLY =
            prepared(new Header("Strict-Transport-Security", "max-age=31536000; includeSubDomains"));

    private SecurityHeaders() {}

    /** @param https whether the service is reached only by TLS; otherwise the header would lock all clients out */
    static List<io.helidon.http.Header> of(boolean https) {
        return https ? Stream.concat(EVERYWHERE.stream(), Stream.of(TLS_ONLY)).toList() : EVERYWHERE;
    }

    private static io.helidon.http.Header prepared(Header header) {
        return HeaderValues.createCached(HeaderNames.create(header.name()), header.value());
    }
}
