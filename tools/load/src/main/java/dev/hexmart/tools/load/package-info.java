/**
 * Drives shoppers through a running shop at a given rate, and holds what the shop says afterwards against what it did.
 *
 * <p>It knows the shop from outside alone, by its published HTTP interface, so it can find out what the shop itself gets
 * wrong.
 */
package dev.hexmart.tools.load;
