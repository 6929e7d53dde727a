/** Callers and their permissions. */
package dev.hexmart.application.identity;
