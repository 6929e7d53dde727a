/** Micro-benchmarks of the core and of the JSON codecs, with JMH: {@code ./hexmart bench --micro}. */
package dev.hexmart.tools.micro;
