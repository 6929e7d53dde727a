/** The API of parked messages and dead letters. */
package dev.hexmart.adapter.http.api.messaging;
