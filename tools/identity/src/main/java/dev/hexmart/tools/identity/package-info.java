/**
 * A local stand-in for Entra ID: the paths, tokens and errors of its v2.0 endpoints, for the demo and for tests.
 *
 * <p>It has no authentication, so it listens on the loopback interface only and must not be deployed.
 */
package dev.hexmart.tools.identity;
