/**
 * Measures the services as processes: requests a second, latencies, CPU and memory, from outside.
 *
 * <p>It knows the shop by its published HTTP interface and by the operating system's accounting of processes alone, so any
 * other implementation of the same routes can be measured beside it.
 */
package dev.hexmart.tools.bench;
