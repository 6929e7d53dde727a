/** The products service: the catalog and its stock. */
package dev.hexmart.bootstrap.products;
