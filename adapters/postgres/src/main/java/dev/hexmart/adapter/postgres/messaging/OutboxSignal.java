package dev.hexmart.adapter.postgres.messaging;

import dev.hexmart.adapter.postgres.Notifications;
import dev.hexmart.adapter.postgres.Topic;

/** Wakes the relay as soon as a transaction has committed that appended something to the outbox, in whichever process. */
public final class OutboxSignal {

    private final Notifications notifications;

    public OutboxSignal(Notifications notifications) {
        this.notifications = notifications;
    }

    /**
     * From now on the action is run whenever something was, or may have been, appended.
     *
     * @param wakeUp returns at once and may be run for nothing; while the database is away it is not run, so poll as well
     */
    public void onAppend(Runnable wakeUp) {
        notifications.add(Topic.OUTBOX, new Notifications.Listener() {
            @Override
            public void noticed(String payload) {
                wakeUp.run();
            }

            @Override
            public void mayHaveMissed() {
                wakeUp.run();
            }
        });
    }
}
