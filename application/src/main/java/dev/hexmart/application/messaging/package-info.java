/**
 * Messages between contexts, exactly once in effect over a broker that delivers at least once: what is said is stored
 * with the state that it follows from ({@link Outbox}), and what was heard is stored with its effect ({@link Inbox}).
 */
package dev.hexmart.application.messaging;
