/**
 * Checks what must hold over the databases and the payment provider's books after any fault.
 *
 * <p>It reads the tables from outside, in statements of its own, so that it shares no error with the code that wrote them.
 */
package dev.hexmart.tools.chaos.audit;
