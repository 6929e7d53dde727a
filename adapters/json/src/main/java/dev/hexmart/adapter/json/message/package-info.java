/** Messages of the broker as JSON, and the messages that were parked or dead-lettered. */
package dev.hexmart.adapter.json.message;
