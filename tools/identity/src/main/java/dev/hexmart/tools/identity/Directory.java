package dev.hexmart.tools.identity;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One tenant: its people, and its one registration, which is web application and API in one.
 *
 * @param users who is offered on the sign-in page; beside them there are always the shoppers
 * @param applicationRoles the app roles of the registration itself, for the client credentials grant
 * @param redirectUris where authorization codes may be sent; the port of {@code http://localhost} is ignored, as Entra
 *     ID ignores it
 * @param postLogoutRedirectUris where a browser may be sent after signing out, by the same rule
 * @param frontChannelLogoutUri which a browser that signs out is made to load with the session's {@code sid}, by the same
 *     rule the port being that to which the browser was sent after signing in
 */
public record Directory(
        UUID tenantId,
        UUID clientId,
        String clientSecret,
        List<User> users,
        List<String> applicationRoles,
        List<URI> redirectUris,
        List<URI> postLogoutRedirectUris,
        Optional<URI> frontChannelLogoutUri) {

    public static final UUID TENANT_ID = UUID.fromString("11111111-1111-1111-1111-111111111111");
    public static final UUID CLIENT_ID = UUID.fromString("22222222-2222-2222-2222-222222222222");

    /** Not a secret: published on purpose, and good for nothing beyond the loopback interface of one machine. */
    public static final String CLIENT_SECRET = "local-demo-only-this-is-no-secret";

    public static final User ALICE =
            new User(UUID.fromString("aaaaaaaa-0000-4000-8000-000000000001"), "alice", "Alice Archer", List.of());
    public static final User BOB =
            new User(UUID.fromString("bbbbbbbb-0000-4000-8000-000000000002"), "bob", "Bob Baker", List.of());
    public static final User CAROL = new User(
            UUID.fromString("cccccccc-0000-4000-8000-000000000003"),
            "carol",
            "Carol Clerk",
            List.of("Catalog.Manage", "Orders.Manage"));

    /** {@code shopper-1} to {@code shopper-1000}, for tests with many customers; found by name, never offered for choice. */
    private static final List<User> SHOPPERS =
            IntStream.rangeClosed(1, 1000).mapToObj(Directory::shopper).toList();

    public Directory {
        users = List.copyOf(users);
        applicationRoles = List.copyOf(applicationRoles);
        redirectUris = List.copyOf(redirectUris);
        postLogoutRedirectUris = List.copyOf(postLogoutRedirectUris);
    }

    /** The demo's tenant, with the published client secret. */
    public static Directory local() {
        return local(CLIENT_SECRET);
    }

    /** The demo's tenant, with a client secret of one's own. */
    public static Directory local(String clientSecret) {
        return new Directory(
                TENANT_ID,
                CLIENT_ID,
                clientSecret,
                List.of(ALICE, BOB, CAROL),
                List.of("Catalog.Manage", "Orders.Manage"),
                List.of(URI.create("http://localhost:8080/callback")),
                List.of(URI.create("http://localhost:8080/signed-out"), URI.create("http://localhost:8080/")),
                Optional.of(URI.create("http://localhost:8080/signed-out")));
    }

    /** Refuses every identifier but that of the one registration. */
    void requireClient(String id) {
        if (!id.equalsIgnoreCase(clientId.toString())) {
            throw Refusal.of(
                    "unauthorized_client",
                    700016,
                    "Application with identifier '%s' was not found in the directory.".formatted(id));
        }
    }

    Optional<User> findUser(String name) {
        return all().filter(user -> user.goesBy(name)).findFirst();
    }

    Optional<User> findUser(UUID objectId) {
        return all().filter(user -> user.objectId().equals(objectId)).findFirst();
    }

    private Stream<User> all() {
        return Stream.concat(users.stream(), SHOPPERS.stream());
    }

    private static User shopper(int number) {
        UUID objectId = UUID.fromString("dddddddd-0000-4000-8000-%012d".formatted(number));
        return new User(objectId, "shopper-" + number, "Shopper " + number, List.of());
    }

    boolean allowsRedirectTo(String uri) {
        return allows(redirectUris, uri);
    }

    boolean allowsRedirectAfterLogoutTo(String uri) {
        return allows(postLogoutRedirectUris, uri);
    }

    /** Whom to tell when a session ends by which a browser was sent to this address. */
    Optional<String> frontChannelLogout(String redirectUri) {
        return frontChannelLogoutUri.map(registered -> isHttpAtLocalhost(registered)
                ? URI.create(redirectUri).resolve(registered.getRawPath()).toString()
                : registered.toString());
    }

    private static boolean isHttpAtLocalhost(URI uri) {
        return "http".equals(uri.getScheme()) && "localhost".equals(uri.getHost());
    }

    private static boolean allows(List<URI> registered, String uri) {
        return registered.stream().anyMatch(allowed -> allows(allowed, uri));
    }

    private static boolean allows(URI registered, String uri) {
        if (registered.toString().equals(uri)) {
            return true;
        }
        if (!isHttpAtLocalhost(registered)) {
            return false;
        }
        String anyPort = "http://localhost(:[0-9]{1,5})?";
        return uri.matches(anyPort + Pattern.quote(registered.getRawPath()));
    }
}
