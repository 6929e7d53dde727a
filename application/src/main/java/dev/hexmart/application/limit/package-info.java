/** Rate limiting. */
package dev.hexmart.application.limit;
