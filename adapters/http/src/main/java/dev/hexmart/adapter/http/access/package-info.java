/** Who may send a request, and how many: authentication, authorization, rate limits and stream limits. */
package dev.hexmart.adapter.http.access;
