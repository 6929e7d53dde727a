/** What the machine behind the shop tells about itself. */
package dev.hexmart.adapter.telemetry;
