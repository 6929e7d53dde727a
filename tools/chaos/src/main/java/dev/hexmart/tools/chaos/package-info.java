/**
 * Does to a shop what machines and networks do, by a plan that a seed makes, while shoppers order; then audits its books.
 *
 * <p>The shop's services and stores are processes of its own, with a TCP proxy before each of them.
 */
package dev.hexmart.tools.chaos;
