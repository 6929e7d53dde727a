/** The local identity provider as a process: its settings from the environment, and its start. */
package dev.hexmart.bootstrap.identity;
