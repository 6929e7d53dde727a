/** What the API of each context has in common: pages of a list, and problems that several have. */
package dev.hexmart.adapter.http.api;
