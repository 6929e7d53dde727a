/** Authentication, authorization, rate limits and stream limits. */
package dev.hexmart.adapter.http.access;
