/** What is atomic is visible at the call: no thread-local, no annotation. */
package dev.hexmart.application.transaction;
