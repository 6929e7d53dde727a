/** The gateway: the one door of the shop. */
package dev.hexmart.bootstrap.gateway;
