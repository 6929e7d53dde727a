package dev.hexmart.adapter.entra;

import dev.hexmart.tools.identity.TenantKind;
import org.junit.jupiter.api.BeforeAll;

class EntraSignInKeepsTheContractTest extends SignInAtLocalProviderContract {

    @BeforeAll
    static void startProvider() {
        startProvider(TenantKind.WORKFORCE);
    }
}
