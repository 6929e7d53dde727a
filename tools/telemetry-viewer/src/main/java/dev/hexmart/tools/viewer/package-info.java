/**
 * Where the demo's telemetry can be looked at without Docker: a receiver of OTLP, memory for the latest of it, and pages.
 *
 * <p>It asks nobody who they are, so it listens on the loopback interface only and belongs into no deployment.
 */
package dev.hexmart.tools.viewer;
