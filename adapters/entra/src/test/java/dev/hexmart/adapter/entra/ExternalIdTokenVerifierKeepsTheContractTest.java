package dev.hexmart.adapter.entra;

/** The same with a tenant of External ID. */
class ExternalIdTokenVerifierKeepsTheContractTest extends EntraTokenVerifierKeepsTheContractTest {

    @Override
    TestAuthority start() {
        return TestAuthority.external();
    }
}
