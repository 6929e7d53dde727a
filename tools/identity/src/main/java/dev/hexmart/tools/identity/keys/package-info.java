/** The keys that sign the tokens. */
package dev.hexmart.tools.identity.keys;
