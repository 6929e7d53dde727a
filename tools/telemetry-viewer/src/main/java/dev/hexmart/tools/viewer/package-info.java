/**
 * Where the demo's telemetry can be looked at without Docker: a receiver of OTLP, memory for the latest of it, and pages.
 *
 * <p>It has no authentication, so it listens on the loopback interface only and must not be deployed.
 */
package dev.hexmart.tools.viewer;
