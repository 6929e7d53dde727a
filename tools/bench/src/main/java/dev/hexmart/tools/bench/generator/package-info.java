/** Sends requests with wrk or h2load, and reads what they print. */
package dev.hexmart.tools.bench.generator;
