/** HTTP/1.1 over blocking sockets: connections that are kept, requests and responses. */
package dev.hexmart.adapter.httpclient.connection;
