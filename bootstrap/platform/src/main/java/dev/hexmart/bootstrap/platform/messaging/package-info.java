/** Shared by the services that keep state in Postgres and exchange messages: database, broker, relay, consumer, housekeeping. */
package dev.hexmart.bootstrap.platform.messaging;
