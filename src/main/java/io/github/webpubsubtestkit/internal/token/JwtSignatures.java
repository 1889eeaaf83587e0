package io.github.webpubsubtestkit.internal.token;

import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.VerifySecureDigestRequest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.Provider;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Checks the signatures of tokens, by HS256 and nothing else. The check is jjwt's; its parser is
 * not used, because it loads two hundred classes more for the first token of a JVM and also accepts
 * HS512.
 */
final class JwtSignatures {

  private static final String ALGORITHM = "HS256";
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

  /** The header of the last token that was accepted: most tokens of a fake have the same. */
  private static volatile String accepted = "";

  private JwtSignatures() {}

  /** The payload of a token; null if it is not signed with one of the keys. */
  static byte @Nullable [] payload(String jwt, List<SecretKey> keys) {
    int first = jwt.indexOf('.');
    int last = jwt.lastIndexOf('.');
    if (first < 0 || jwt.indexOf('.', first + 1) != last) {
      return null; // no three parts
    }
    try {
      String header = jwt.substring(0, first);
      if (!header.equals(accepted) && !JwtJson.isHeaderOf(ALGORITHM, DECODER.decode(header))) {
        return null;
      }
      accepted = header;
      byte[] signature = DECODER.decode(jwt.substring(last + 1));
      String signed = jwt.substring(0, last);
      for (SecretKey key : keys) {
        if (Jwts.SIG.HS256.verify(new Signing(signed, key, signature))) {
          return DECODER.decode(jwt.substring(first + 1, last));
        }
      }
    } catch (IllegalArgumentException e) {
      // one part is no base64url
    }
    return null;
  }

  /** The parameters for jjwt. */
  private record Signing(String signed, SecretKey key, byte[] digest)
      implements VerifySecureDigestRequest<SecretKey> {

    @Override
    public InputStream getPayload() {
      return new ByteArrayInputStream(signed.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public SecretKey getKey() {
      return key;
    }

    @Override
    public byte[] getDigest() {
      return digest;
    }

    @Override
    public @Nullable Provider getProvider() {
      return null; // the JDK's
    }

    @Override
    public @Nullable SecureRandom getSecureRandom() {
      return null; // no need of one
    }
  }
}
