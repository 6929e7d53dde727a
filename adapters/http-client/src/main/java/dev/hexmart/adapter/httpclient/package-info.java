/** HTTP clients of the other services, called on behalf of the caller. */
package dev.hexmart.adapter.httpclient;
