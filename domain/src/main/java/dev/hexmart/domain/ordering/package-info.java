/** An order and its way through the checkout, which this context alone directs. */
package dev.hexmart.domain.ordering;
