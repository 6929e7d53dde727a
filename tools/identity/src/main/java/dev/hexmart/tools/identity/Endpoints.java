package dev.hexmart.tools.identity;

import java.net.URI;
import java.util.UUID;
import java.util.function.Supplier;

/** Where everything is, below an authority that is known for certain only once the port is bound. */
record Endpoints(Supplier<URI> authority, UUID tenantId, TenantKind kind) {

    static final String METADATA = "/v2.0/.well-known/openid-configuration";
    static final String KEYS = "/discovery/v2.0/keys";
    static final String AUTHORIZE = "/oauth2/v2.0/authorize";
    static final String TOKEN = "/oauth2/v2.0/token";
    static final String LOGOUT = "/oauth2/v2.0/logout";

    String issuer() {
        return kind.issuer(authority.get(), tenantId);
    }

    String address(String path) {
        return authority.get() + "/" + tenantId + path;
    }
}
