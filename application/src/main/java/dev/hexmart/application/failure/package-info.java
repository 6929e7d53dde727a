/** How everything outside the core may fail, as far as the core has to know. */
package dev.hexmart.application.failure;
