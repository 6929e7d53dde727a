/** A request and the response to it, as handlers see them: independent of the server that carries both. */
package dev.hexmart.adapter.http.exchange;
