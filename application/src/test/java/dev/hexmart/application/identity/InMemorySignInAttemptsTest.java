package dev.hexmart.application.identity;

class InMemorySignInAttemptsTest extends SignInAttemptsContract {

    private final InMemorySignInAttempts attempts = new InMemorySignInAttempts();

    @Override
    protected SignInAttempts attempts() {
        return attempts;
    }

    @Override
    protected SignInAttempts unreachable() {
        InMemorySignInAttempts away = new InMemorySignInAttempts();
        away.breakDown();
        return away;
    }
}
