/** Orders, and word of their changes. */
package dev.hexmart.adapter.postgres.ordering;
