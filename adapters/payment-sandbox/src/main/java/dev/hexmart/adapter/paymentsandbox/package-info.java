/** A payment provider that moves no money and behaves like one that does, lost answers included. */
package dev.hexmart.adapter.paymentsandbox;
