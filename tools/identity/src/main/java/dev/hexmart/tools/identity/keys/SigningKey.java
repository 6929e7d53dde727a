package dev.hexmart.tools.identity.keys;

import static java.nio.charset.StandardCharsets.US_ASCII;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;

/** An RSA key that signs tokens, known by its thumbprint (RFC 7638). */
public final class SigningKey {

    private static final int BITS = 2048;

    private final RSAPrivateCrtKey privateKey;
    private final RSAPublicKey publicKey;
    private final String id;

    private SigningKey(RSAPrivateCrtKey privateKey) throws GeneralSecurityException {
        this.privateKey = privateKey;
        this.publicKey = (RSAPublicKey) KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(privateKey.getModulus(), privateKey.getPublicExponent()));
        this.id = Base64Url.sha256("{\"e\":\"%s\",\"kty\":\"RSA\",\"n\":\"%s\"}".formatted(exponent(), modulus()));
    }

    public static SigningKey generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            return new SigningKey((RSAPrivateCrtKey) generator.generateKeyPair().getPrivate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has RSA keys of 2048 bits", e);
        }
    }

    public static SigningKey decode(byte[] pkcs8) throws GeneralSecurityException {
        return new SigningKey(
                (RSAPrivateCrtKey) KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
    }

    public byte[] encode() {
        return privateKey.getEncoded();
    }

    public String id() {
        return id;
    }

    public String sign(String content) {
        try {
            Signature signature = sha256WithRsa();
            signature.initSign(privateKey);
            signature.update(content.getBytes(US_ASCII));
            return Base64Url.encode(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A key that was read cannot sign", e);
        }
    }

    public boolean verifies(String content, byte[] signed) {
        try {
            Signature signature = sha256WithRsa();
            signature.initVerify(publicKey);
            signature.update(content.getBytes(US_ASCII));
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    public JsonObject toJson(String issuer) {
        return Json.createObjectBuilder()
                .add("kty", "RSA")
                .add("use", "sig")
                .add("kid", id)
                .add("n", modulus())
                .add("e", exponent())
                .add("issuer", issuer)
                .build();
    }

    private String modulus() {
        return unsigned(publicKey.getModulus());
    }

    private String exponent() {
        return unsigned(publicKey.getPublicExponent());
    }

    private static Signature sha256WithRsa() throws GeneralSecurityException {
        return Signature.getInstance("SHA256withRSA");
    }

    private static String unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        int sign = bytes[0] == 0 ? 1 : 0;
        return Base64Url.encode(Arrays.copyOfRange(bytes, sign, bytes.length));
    }
}
