package dev.hexmart.tools.identity;

import dev.hexmart.tools.identity.keys.SigningKeys;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.util.List;

/** What clients and APIs look up before they trust anything: the endpoints and the keys. */
record MetadataService(Endpoints endpoints, SigningKeys keys) implements HttpService {

    @Override
    public void routing(HttpRules rules) {
        rules.get(Endpoints.METADATA, this::metadata).get(Endpoints.KEYS, this::keys);
    }

    private void metadata(ServerRequest req, ServerResponse res) {
        Responses.json(
                res,
                Json.createObjectBuilder()
                        .add("issuer", endpoints.issuer())
                        .add("authorization_endpoint", endpoints.address(Endpoints.AUTHORIZE))
                        .add("token_endpoint", endpoints.address(Endpoints.TOKEN))
                        .add("end_session_endpoint", endpoints.address(Endpoints.LOGOUT))
                        .add("jwks_uri", endpoints.address(Endpoints.KEYS))
                        .add(
                                "token_endpoint_auth_methods_supported",
                                array("client_secret_post", "client_secret_basic"))
                        .add("response_types_supported", array("code"))
                        .add("response_modes_supported", array("query", "form_post"))
                        .add(
                                "grant_types_supported",
                                array("authorization_code", "refresh_token", "client_credentials", "password"))
                        .add("code_challenge_methods_supported", array("S256"))
                        .add("subject_types_supported", array("pairwise"))
                        .add("id_token_signing_alg_values_supported", array("RS256"))
                        .add("scopes_supported", array("openid", "profile", "email", "offline_access"))
                        .add(
                                "claims_supported",
                                array(
                                        "sub",
                                        "iss",
                                        "aud",
                                        "exp",
                                        "iat",
                                        "nbf",
                                        "nonce",
                                        "login_hint",
                                        "name",
                                        "oid",
                                        "tid",
                                        "sid",
                                        "preferred_username",
                                        "roles",
                                        "uti",
                                        "ver"))
                        .add("request_uri_parameter_supported", false)
                        .add("http_logout_supported", true)
                        .add("frontchannel_logout_supported", true)
                        .build());
    }

    private void keys(ServerRequest req, ServerResponse res) {
        JsonArrayBuilder published = Json.createArrayBuilder();
        keys.published().forEach(key -> published.add(key.toJson(endpoints.issuer())));
        Responses.json(res, Json.createObjectBuilder().add("keys", published).build());
    }

    private static JsonArrayBuilder array(String... values) {
        return Json.createArrayBuilder(List.of(values));
    }
}
