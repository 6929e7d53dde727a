/** Sign-in and sign-out of browsers. */
package dev.hexmart.adapter.http.api.identity;
