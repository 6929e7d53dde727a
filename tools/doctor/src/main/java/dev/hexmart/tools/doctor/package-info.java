/** Checks that a tenant, its app registration and the settings of a shop fit together. */
package dev.hexmart.tools.doctor;
