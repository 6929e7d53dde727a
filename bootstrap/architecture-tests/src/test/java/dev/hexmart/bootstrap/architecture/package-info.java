/** The architecture as tests: what holds is asserted of the real code, and that the assertions bite is shown on planted violations. */
package dev.hexmart.bootstrap.architecture;
