package dev.hexmart.adapter.entra;

import java.net.URI;

/**
 * How people sign in with a browser.
 *
 * @param redirectUri where the browser comes back with a code, as the registration has it
 * @param signedOutPage where the browser comes back after signing out, as the registration has it
 * @param browserAuthority where a browser finds the authority; another address than the services' own only in a network
 *     of containers, whose names a browser outside does not know
 */
public record EntraSignInSettings(ClientSecret secret, URI redirectUri, URI signedOutPage, URI browserAuthority) {

    public EntraSignInSettings {
        EntraSettings.requireSafe(browserAuthority);
    }
}
