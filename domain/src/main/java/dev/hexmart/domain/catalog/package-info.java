/** What is sold and how much of it there is. */
package dev.hexmart.domain.catalog;
