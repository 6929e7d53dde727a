/** What a browser gets to see of the shop. */
package dev.hexmart.adapter.storefront;
