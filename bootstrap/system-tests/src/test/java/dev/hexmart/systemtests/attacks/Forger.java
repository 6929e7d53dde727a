package dev.hexmart.systemtests.attacks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes tokens that are wrong in one way, out of one that is good. */
record Forger(Map<String, String> header, Map<String, String> claims, PrivateKey key, RSAPublicKey publicKey) {

    /** Of another authority. */
    static final KeyPair STRANGER = rsa();

    /** @param keys where the authority keeps its private keys, one of which has signed the token */
    static Forger withTheKeyOf(String token, Path keys) {
        String[] parts = token.split("\\.");
        try (Stream<Path> files = Files.list(keys)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".pkcs8")).toList()) {
                KeyFactory rsa = KeyFactory.getInstance("RSA");
                RSAPrivateCrtKey key =
                        (RSAPrivateCrtKey) rsa.generatePrivate(new PKCS8EncodedKeySpec(Files.readAllBytes(file)));
                RSAPublicKey publicKey = (RSAPublicKey)
                        rsa.generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
                Signature signature = Signature.getInstance("SHA256withRSA");
                signature.initVerify(publicKey);
                signature.update((parts[0] + "." + parts[1]).getBytes(ISO_8859_1));
                if (signature.verify(Base64.getUrlDecoder().decode(parts[2]))) {
                    return new Forger(members(parts[0]), members(parts[1]), key, publicKey);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        throw new AssertionError("None of the keys in " + keys + " has signed the token");
    }

    static KeyPair rsa() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param json the new value, as JSON; that need not be right either */
    Forger claim(String name, String json) {
        return new Forger(header, with(claims, name, json), key, publicKey);
    }

    Forger text(String name, String value) {
        return claim(name, "\"" + value + "\"");
    }

    Forger time(String name, long secondsFromNow) {
        return claim(name, Long.toString(now() + secondsFromNow));
    }

    Forger without(String name) {
        return new Forger(header, without(claims, name), key, publicKey);
    }

    Forger header(String name, String json) {
        return new Forger(with(header, name, json), claims, key, publicKey);
    }

    Forger withoutHeader(String name) {
        return new Forger(without(header, name), claims, key, publicKey);
    }

    Forger signedBy(PrivateKey other) {
        return new Forger(header, claims, other, publicKey);
    }

    /** The claim's value, which is text. */
    String text(String name) {
        return claims.get(name).replace("\"", "");
    }

    String token() {
        return sign(content(), "SHA256withRSA");
    }

    /** The two parts that are signed. */
    String content() {
        return encode(object(header)) + "." + encode(object(claims));
    }

    /** Of a payload that is not made of claims. */
    String token(String payload) {
        return token(payload.getBytes(UTF_8));
    }

    String token(byte[] payload) {
        return sign(encode(object(header)) + "." + encode(payload), "SHA256withRSA");
    }

    String sign(String content, String algorithm) {
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(content.getBytes(ISO_8859_1));
            return content + "." + encode(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    String headerText() {
        return object(header);
    }

    static String encode(String text) {
        return encode(text.getBytes(UTF_8));
    }

    static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** A key as JSON Web Key, with its id. */
    static String jwk(RSAPublicKey key, String id) {
        return "{\"kty\":\"RSA\",\"use\":\"sig\",\"kid\":\"%s\",\"n\":\"%s\",\"e\":\"%s\"}"
                .formatted(
                        id,
                        encode(unsigned(key.getModulus().toByteArray())),
                        encode(unsigned(key.getPublicExponent().toByteArray())));
    }

    static byte[] unsigned(byte[] number) {
        return number[0] == 0 ? java.util.Arrays.copyOfRange(number, 1, number.length) : number;
    }

    static long now() {
        return System.currentTimeMillis() / 1000;
    }

    private static String object(Map<String, String> members) {
        return members.entrySet().stream()
                .map(member -> "\"" + member.getKey() + "\":" + member.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static Map<String, String> members(String part) {
        String json = new String(Base64.getUrlDecoder().decode(part), UTF_8);
        JsonObject object = Json.createReader(new StringReader(json)).readObject();
        Map<String, String> members = new LinkedHashMap<>();
        object.forEach((name, value) -> members.put(name, value.toString()));
        return members;
    }

    private static Map<String, String> with(Map<String, String> members, String name, String json) {
        Map<String, String> changed = new LinkedHashMap<>(members);
        changed.put(name, json);
        return changed;
    }

    private static Map<String, String> without(Map<String, String> members, String name) {
        Map<String, String> changed = new LinkedHashMap<>(members);
        if (changed.keySet().removeAll(List.of(name))) {
            return changed;
        }
        throw new AssertionError("There is no " + name + " to leave out");
    }
}
