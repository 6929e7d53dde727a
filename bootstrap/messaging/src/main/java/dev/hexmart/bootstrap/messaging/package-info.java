/** What the services have in common that keep state in Postgres and exchange messages about it. */
package dev.hexmart.bootstrap.messaging;
