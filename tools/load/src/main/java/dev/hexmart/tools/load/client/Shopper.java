package dev.hexmart.tools.load.client;

/** A user who can sign in, and stays signed in. */
public final class Shopper {

    /** How many there are besides alice, bob and carol. */
    public static final int MOST = 1000;

    private final Identity identity;
    private final String name;
    private Identity.Token token;

    /** Signs in. */
    public Shopper(Identity identity, String name) {
        this.identity = identity;
        this.name = name;
        this.token = identity.signIn(name);
    }

    public synchronized String token() {
        if (System.nanoTime() - token.renewAt() > 0) {
            token = identity.signIn(name);
        }
        return token.value();
    }

    @Override
    public String toString() {
        return name;
    }
}
