/** Shared by the APIs of all contexts: pages of a list, and common problems. */
package dev.hexmart.adapter.http.api;
