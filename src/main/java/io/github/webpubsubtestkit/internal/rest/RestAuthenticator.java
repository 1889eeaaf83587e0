package io.github.webpubsubtestkit.internal.rest;

import io.github.webpubsubtestkit.internal.token.BearerToken;
import io.github.webpubsubtestkit.internal.token.InvalidTokenException;
import io.github.webpubsubtestkit.internal.token.RestTokenKind;
import io.github.webpubsubtestkit.internal.token.TokenVerifier;
import java.net.URI;

/** Authenticates calls (rest-api 2). */
final class RestAuthenticator {

  private static final String SCHEME = "Bearer";

  private final TokenVerifier verifier;

  RestAuthenticator(TokenVerifier verifier) {
    this.verifier = verifier;
  }

  RestTokenKind authenticate(ApiHeaders head, String rawPath) throws RestException {
    String authorization = head.authorization();
    if (authorization == null) {
      throw RestException.unauthorized("no Authorization header", SCHEME);
    }
    String token = BearerToken.in(authorization);
    if (token == null) {
      throw RestException.unauthorized("the Authorization header is not 'Bearer <token>'", SCHEME);
    }
    try {
      return verifier.verifyRest(token, rawPath, head.host());
    } catch (InvalidTokenException e) {
      throw refused(e.description());
    }
  }

  static RestException refused(String description) {
    return RestException.unauthorized(
        description,
        SCHEME + " error=\"invalid_token\", error_description=\"" + description + "\"");
  }

  /**
   * The scheme and authority by which the caller reaches this service: those of the published
   * endpoint, or its scheme and the {@code Host} header.
   */
  String origin(ApiHeaders head) {
    String host = head.host();
    URI endpoint = verifier.publishedEndpoint();
    return host == null || host.isBlank()
        ? endpoint.toString()
        : endpoint.getScheme() + "://" + host.strip();
  }
}
