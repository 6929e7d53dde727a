package dev.hexmart.application.identity;

class InMemorySessionsTest extends SessionRepositoryContract {

    private final InMemorySessions sessions = new InMemorySessions();

    @Override
    protected SessionRepository sessions() {
        return sessions;
    }

    @Override
    protected SessionRepository unreachable() {
        InMemorySessions away = new InMemorySessions();
        away.breakDown();
        return away;
    }
}
