/** Browsing and tending the catalog, and keeping its stock. */
package dev.hexmart.application.catalog;
