/**
 * How Hexmart's values are written as JSON: one readable file a representation, no reflection.
 *
 * <p>Used by every adapter that speaks JSON, and knowing none of them.
 */
package dev.hexmart.adapter.json;
