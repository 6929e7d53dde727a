package dev.hexmart.tools.identity;

/** How a client proved itself; the code is the token's {@code azpacr}. */
enum ClientAuthentication {
    NONE("0"),
    SECRET("1");

    private final String code;

    ClientAuthentication(String code) {
        this.code = code;
    }

    String code() {
        return code;
    }

    void requireSecret() {
        if (this != SECRET) {
            throw Refusal.unauthenticatedClient(
                    7000218, "The request body must contain the following parameter: 'client_secret'.");
        }
    }

    static ClientAuthentication of(String code) {
        return code.equals(SECRET.code) ? SECRET : NONE;
    }
}
