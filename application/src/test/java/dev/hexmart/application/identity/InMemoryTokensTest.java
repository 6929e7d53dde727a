package dev.hexmart.application.identity;

class InMemoryTokensTest extends TokenVerifierContract {

    private final InMemoryTokens tokens = new InMemoryTokens();

    @Override
    protected TokenVerifier verifier() {
        return tokens.verifier();
    }

    @Override
    protected String tokenOf(Caller caller) {
        return tokens.issue(caller);
    }

    @Override
    protected String expiredTokenOf(Caller caller) {
        String token = tokens.issue(caller);
        tokens.expire(token);
        return token;
    }

    @Override
    protected String misdirectedTokenOf(Caller caller) {
        return new InMemoryTokens().issue(caller);
    }

    @Override
    protected String forgedTokenOf(Caller caller) {
        return new InMemoryTokens().issue(caller);
    }

    @Override
    protected void breakAuthority() {
        tokens.breakDown();
    }
}
