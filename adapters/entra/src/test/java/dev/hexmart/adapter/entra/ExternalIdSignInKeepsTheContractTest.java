package dev.hexmart.adapter.entra;

import dev.hexmart.tools.identity.TenantKind;
import org.junit.jupiter.api.BeforeAll;

/** The same at a tenant of External ID. */
class ExternalIdSignInKeepsTheContractTest extends SignInAtLocalProviderContract {

    @BeforeAll
    static void startProvider() {
        startProvider(TenantKind.EXTERNAL);
    }
}
