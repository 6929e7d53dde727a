package dev.hexmart.tools.identity;

import java.net.URI;
import java.util.UUID;

/** The two products of Entra that differ in the issuer of their tokens. */
public enum TenantKind {

    /** Entra ID, for employees: the issuer is below the authority. */
    WORKFORCE {
        @Override
        String issuer(URI authority, UUID tenant) {
            return "%s/%s/v2.0".formatted(authority, tenant);
        }
    },

    /** Entra External ID, for customers: the tenant's id is in the issuer's host, whatever the authority's name. */
    EXTERNAL {
        @Override
        String issuer(URI authority, UUID tenant) {
            return "%s://%s.%s/%s/v2.0".formatted(authority.getScheme(), tenant, authority.getRawAuthority(), tenant);
        }
    };

    abstract String issuer(URI authority, UUID tenant);
}
