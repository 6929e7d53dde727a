/** Routes on Helidon's server, with every limit and every timeout set; no context of the shop is known here. */
package dev.hexmart.adapter.http.server;
