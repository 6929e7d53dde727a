/** Requests to the shop as its customers send them, over HTTP. */
package dev.hexmart.tools.load.client;
