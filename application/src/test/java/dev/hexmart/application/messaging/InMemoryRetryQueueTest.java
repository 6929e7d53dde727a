package dev.hexmart.application.messaging;

class InMemoryRetryQueueTest extends RetryQueueContract {

    private final InMemoryRetryQueue queue = new InMemoryRetryQueue();

    @Override
    protected RetryQueue retryQueue() {
        return queue;
    }

    @Override
    protected RetryQueue reopened() {
        return queue;
    }
}
