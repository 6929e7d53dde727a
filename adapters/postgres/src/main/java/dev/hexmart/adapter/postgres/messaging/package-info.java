/** What every context keeps beside its own state: outbox, inbox, idempotency keys and parked messages. */
package dev.hexmart.adapter.postgres.messaging;
