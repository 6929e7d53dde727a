/** Values that every context speaks: they hold rules about themselves and nothing else. */
package dev.hexmart.domain.shared;
