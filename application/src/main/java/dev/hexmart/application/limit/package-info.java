/** How much anybody may ask of the shop. */
package dev.hexmart.application.limit;
