/** Taking money and giving it back. */
package dev.hexmart.application.payment;
