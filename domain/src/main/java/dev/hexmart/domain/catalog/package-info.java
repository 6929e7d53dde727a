/** Products and their stock. */
package dev.hexmart.domain.catalog;
