/** Tokens of Entra ID, of its public cloud, a sovereign one, or the local provider that looks the same. */
package dev.hexmart.adapter.entra;
