/** Shared by every process: environment, lifecycle, logging, repeated work. */
package dev.hexmart.bootstrap.platform.process;
