/** Placing orders and seeing them through. */
package dev.hexmart.application.ordering;
