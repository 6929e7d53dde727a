/** The API of the catalog: products, stock and categories. */
package dev.hexmart.adapter.http.api.catalog;
