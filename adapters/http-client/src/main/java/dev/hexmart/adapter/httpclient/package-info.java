/** The other services, asked over HTTP on behalf of whoever is asking us. */
package dev.hexmart.adapter.httpclient;
