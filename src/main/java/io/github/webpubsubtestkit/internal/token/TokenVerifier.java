package io.github.webpubsubtestkit.internal.token;

import io.github.webpubsubtestkit.internal.options.Option;
import io.github.webpubsubtestkit.internal.options.Options;
import java.net.URI;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Checks client and REST tokens (client-protocols B, rest-api 2). Every error in a token is an
 * {@link InvalidTokenException}; no other exception is thrown.
 *
 * <p>Thread-safe.
 */
public final class TokenVerifier {

  private static final List<String> ENTRA_ISSUERS =
      List.of("https://sts.windows.net/", "https://login.microsoftonline.com/");

  private static final String NAME_IDENTIFIER =
      "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier";

  private static final int MAX_REMEMBERED = 256;
  private static final int MAX_REMEMBERED_LENGTH = 4096;

  private final Options options;
  private final Lifetimes lifetimes;
  private final Supplier<URI> publishedEndpoint;
  private final AudienceRule audience;

  private final Issuer issuer;
  private final AccessKeys keys;
  private int generation; // guarded by this; that of the keys of the tokens remembered

  /**
   * Tokens whose signature is known to be valid, with their claims. Time and audience are checked
   * each time. SDKs use a token more than once, and the signature is the most expensive part of a
   * check.
   */
  private final Map<String, Claims> signed = // guarded by this
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Claims> eldest) {
          return size() > MAX_REMEMBERED;
        }
      };

  /**
   * A verifier.
   *
   * @param time the time of the service
   * @param realTime by which REST tokens may be valid instead
   * @param publishedEndpoint the endpoint of the connection string; asked at each check because a
   *     port is known only when the service listens
   */
  public TokenVerifier(
      AccessKeys keys,
      Options options,
      InstantSource time,
      InstantSource realTime,
      Supplier<URI> publishedEndpoint) {
    this(keys, options, time, realTime, publishedEndpoint, Issuer.UNKNOWN);
  }

  /** Does the same, and refuses the tokens that the issuer has issued before it was reset. */
  public TokenVerifier(
      AccessKeys keys,
      Options options,
      InstantSource time,
      InstantSource realTime,
      Supplier<URI> publishedEndpoint,
      Issuer issuer) {
    this.issuer = issuer;
    this.keys = keys;
    this.options = options;
    this.lifetimes = new Lifetimes(options, time, realTime);
    this.publishedEndpoint = publishedEndpoint;
    this.audience = new AudienceRule(options, publishedEndpoint);
  }

  /** The endpoint of the connection string. */
  public URI publishedEndpoint() {
    return publishedEndpoint.get();
  }

  /**
   * Checks a token for opening a client connection (client-protocols B.1 to B.3).
   *
   * @param hub the hub to connect to, in any case
   * @param hostHeader the {@code Host} of the request, null if it has none
   */
  public ClientClaims verifyClient(String jwt, String hub, @Nullable String hostHeader)
      throws InvalidTokenException {
    Claims claims = verifySignatureOfClient(jwt);
    lifetimes.checkClient(claims);
    List<String> audiences = audiences(claims);
    if (!audience.allowsClient(audiences, hub, hostHeader)) {
      throw wrongAudience(audiences, "/client/hubs/" + hub);
    }
    return new ClientClaims(
        userId(claims), claims.strings("role"), claims.strings("webpubsub.group"), claims.all());
  }

  /**
   * Checks a token for a REST call (rest-api 2.1 to 2.3).
   *
   * @param rawPath the path of the request as sent, without the query
   * @param hostHeader the {@code Host} of the request, null if it has none
   */
  public RestTokenKind verifyRest(String jwt, String rawPath, @Nullable String hostHeader)
      throws InvalidTokenException {
    if (options.isOn(Option.ACCEPT_UNVALIDATED_ENTRA_TOKENS)) {
      Claims entra = entraClaims(jwt);
      if (entra != null) {
        lifetimes.checkRest(entra);
        return RestTokenKind.ENTRA;
      }
    }
    Claims claims = verifySignature(jwt);
    lifetimes.checkRest(claims);
    List<String> audiences = audiences(claims);
    if (!audience.allowsRest(audiences, rawPath, hostHeader)) {
      throw wrongAudience(audiences, rawPath);
    }
    return RestTokenKind.ACCESS_KEY;
  }

  /**
   * Checks a token for recovering a connection (client-protocols B.6); clocks may not differ here.
   * It may be signed with a key that was regenerated since: open connections outlive that.
   *
   * @param connectionId the connection to recover
   */
  public void verifyReconnection(String jwt, String connectionId) throws InvalidTokenException {
    Claims claims = verifySignature(jwt, true);
    lifetimes.checkReconnection(claims);
    if (!TokenMinter.ISSUER.equals(claims.string("iss"))) {
      throw new InvalidTokenException("The token is not for recovering a connection");
    }
    if (!audiences(claims).equals(List.of(connectionId))) {
      throw new InvalidTokenException("The token is for another connection");
    }
  }

  private Claims verifySignatureOfClient(String jwt) throws InvalidTokenException {
    try {
      return verifySignature(jwt);
    } catch (InvalidTokenException e) {
      if (audiencesOfEntra(jwt).isEmpty()) {
        throw e;
      }
      throw new InvalidTokenException(
          "The token is for Microsoft Entra ID, so for REST only: a client needs a client access URL,"
              + " from getClientAccessToken of the SDK or from :generateToken");
    }
  }

  private Claims verifySignature(String jwt) throws InvalidTokenException {
    return verifySignature(jwt, false);
  }

  private synchronized Claims verifySignature(String jwt, boolean orByRetiredKey)
      throws InvalidTokenException {
    AccessKeys.Secrets secrets = keys.secrets();
    if (secrets.generation() != generation) {
      signed.clear();
      generation = secrets.generation();
    }
    Claims remembered = signed.get(jwt);
    if (remembered != null) {
      return remembered;
    }
    Claims claims = SignedTokens.claims(jwt, secrets.valid());
    if (claims == null) {
      byte[] payload = JwtSignatures.payload(jwt, secrets.valid());
      if (payload == null) {
        return signedByRetiredKey(jwt, secrets.retired(), orByRetiredKey);
      }
      claims = Claims.parse(payload);
    }
    if (issuer.issuedBeforeReset(jwt)) {
      throw new InvalidTokenException(
          "The token was issued by this fake before it was reset, and is void since");
    }
    if (jwt.length() <= MAX_REMEMBERED_LENGTH) {
      signed.put(jwt, claims);
    }
    return claims;
  }

  private static Claims signedByRetiredKey(
      String jwt, List<AccessKeys.Retired> retired, boolean accepted) throws InvalidTokenException {
    for (AccessKeys.Retired key : retired) {
      byte[] payload = JwtSignatures.payload(jwt, List.of(key.secret()));
      if (payload != null && accepted) {
        return Claims.parse(payload);
      } else if (payload != null) {
        throw new InvalidTokenException(
            "The signature is invalid: the token is signed with the old "
                + key.name()
                + ", which was regenerated since");
      }
    }
    throw refused(jwt);
  }

  /** The reason why a token without a valid signature is rejected. */
  private static InvalidTokenException refused(String jwt) {
    if (jwt.chars().filter(c -> c == '.').count() != 2) {
      return new InvalidTokenException("The token is malformed: it must have three parts");
    }
    List<String> audiences = audiencesOfEntra(jwt);
    if (!audiences.isEmpty() && !audiences.contains(TokenMinter.ENTRA_AUDIENCE)) {
      return new InvalidTokenException(
          "The audience is invalid: a token of Microsoft Entra ID must be for '"
              + TokenMinter.ENTRA_AUDIENCE
              + "' but is for '"
              + String.join("', '", audiences)
              + "'");
    }
    if (!audiences.isEmpty()) {
      return new InvalidTokenException(
          "The token is for Microsoft Entra ID, which is accepted only with the switch"
              + " acceptUnvalidatedEntraTokens");
    }
    return new InvalidTokenException(
        "The signature is invalid: the token must be signed with HS256 and the access key");
  }

  /** The claims of a token for Microsoft Entra, not verified; null for other tokens. */
  private static @Nullable Claims entraClaims(String jwt) {
    Claims claims = unverified(jwt);
    try {
      return claims != null && claims.strings("aud").contains(TokenMinter.ENTRA_AUDIENCE)
          ? claims
          : null;
    } catch (InvalidTokenException e) {
      return null;
    }
  }

  /** The audiences of a token that seems to be from Microsoft Entra; empty for others. */
  private static List<String> audiencesOfEntra(String jwt) {
    Claims claims = unverified(jwt);
    if (claims == null) {
      return List.of();
    }
    try {
      List<String> audiences = claims.strings("aud");
      String issuer = String.valueOf(claims.string("iss"));
      boolean seems =
          ENTRA_ISSUERS.stream().anyMatch(issuer::startsWith)
              || audiences.stream().anyMatch(each -> each.startsWith(TokenMinter.ENTRA_AUDIENCE));
      return seems ? audiences : List.of();
    } catch (InvalidTokenException e) {
      return List.of();
    }
  }

  private static @Nullable Claims unverified(String jwt) {
    String[] parts = jwt.split("\\.", -1);
    if (parts.length != 3) {
      return null;
    }
    try {
      return Claims.parse(Base64.getUrlDecoder().decode(parts[1]));
    } catch (IllegalArgumentException | InvalidTokenException e) {
      return null;
    }
  }

  private static List<String> audiences(Claims claims) throws InvalidTokenException {
    List<String> audiences = claims.strings("aud");
    if (audiences.isEmpty()) {
      throw new InvalidTokenException("The audience is invalid: the token has none");
    }
    return audiences;
  }

  private static InvalidTokenException wrongAudience(List<String> audiences, String wanted) {
    return new InvalidTokenException(
        "The audience is invalid: the token is for '"
            + String.join("', '", audiences)
            + "' and the request is for '"
            + wanted
            + "' of this service");
  }

  private static @Nullable String userId(Claims claims) throws InvalidTokenException {
    for (String name : List.of("sub", "nameid", NAME_IDENTIFIER)) {
      String userId = claims.string(name);
      if (userId != null) {
        return userId;
      }
    }
    return null;
  }
}
