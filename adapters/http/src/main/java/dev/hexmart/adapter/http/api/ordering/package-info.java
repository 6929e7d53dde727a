/** The API of orders, their event streams included. */
package dev.hexmart.adapter.http.api.ordering;
