package com.example.auction;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses events that are not signed with the access key of our resource. */
@Component
class SignatureFilter extends OncePerRequestFilter {

  private final WebPubSubProperties properties;

  SignatureFilter(WebPubSubProperties properties) {
    this.properties = properties;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !(request.getMethod().equals("POST")
        && request.getRequestURI().startsWith("/eventhandler"));
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (isSigned(request)) {
      chain.doFilter(request, response);
    } else {
      response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
    }
  }

  /** There is a signature for each of the resource's keys; one that we can check is enough. */
  private boolean isSigned(HttpServletRequest request) {
    String connectionId = request.getHeader("ce-connectionId");
    String signatures = request.getHeader("ce-signature");
    if (connectionId == null || signatures == null) {
      return false;
    }
    byte[] expected = signatureOf(connectionId).getBytes(UTF_8);
    for (String signature : signatures.split(",")) {
      if (MessageDigest.isEqual(expected, signature.getBytes(UTF_8))) {
        return true;
      }
    }
    return false;
  }

  private String signatureOf(String connectionId) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(properties.accessKey().getBytes(UTF_8), "HmacSHA256"));
      return "sha256=" + HexFormat.of().formatHex(mac.doFinal(connectionId.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }
}
