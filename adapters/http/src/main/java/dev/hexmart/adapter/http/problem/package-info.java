/** Why a request is refused (RFC 9457), and which problem each failure is. */
package dev.hexmart.adapter.http.problem;
