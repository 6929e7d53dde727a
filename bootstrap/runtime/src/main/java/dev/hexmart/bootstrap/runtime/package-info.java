/** What every service's main needs: an environment to read, an order to open and close things in, and work that repeats. */
package dev.hexmart.bootstrap.runtime;
