/**
 * A local stand-in for Entra ID: the paths, tokens and errors of its v2.0 endpoints, for the demo and for tests.
 *
 * <p>It signs anybody in as anybody, so it listens on the loopback interface only and belongs into no deployment.
 */
package dev.hexmart.tools.identity;
