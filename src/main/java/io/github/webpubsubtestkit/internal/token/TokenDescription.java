package io.github.webpubsubtestkit.internal.token;

import io.github.webpubsubtestkit.internal.secrets.Secrets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The claims of a token in words, for people who look for the reason why it was refused. */
public final class TokenDescription {

  private static final int MAX_VALUE = 80;

  private TokenDescription() {}

  /**
   * {@code user "alice", audience http://…/client/hubs/chat, roles [], expires
   * 2026-01-01T00:00:00Z}; nothing of it is verified, and the signature is not shown.
   */
  public static String of(String jwt) {
    String[] parts = jwt.split("\\.", -1);
    if (parts.length != 3) {
      return "no JWT: it has " + parts.length + (parts.length == 1 ? " part" : " parts");
    }
    try {
      return describe(Claims.parse(Base64.getUrlDecoder().decode(parts[1])).all());
    } catch (IllegalArgumentException | InvalidTokenException e) {
      return "no JWT: its payload is no JSON object in Base64";
    }
  }

  private static String describe(Map<String, List<String>> claims) {
    List<String> said = new ArrayList<>();
    List<String> user = claims.getOrDefault("sub", claims.get("nameid"));
    said.add(user == null ? "no user" : "user \"" + shown(String.join(", ", user)) + '"');
    List<String> audience = claims.get("aud");
    said.add(audience == null ? "no audience" : "audience " + shown(String.join(", ", audience)));
    said.add("roles " + shown(claims.getOrDefault("role", List.of()).toString()));
    List<String> groups = claims.get("webpubsub.group");
    if (groups != null) {
      said.add("groups " + shown(groups.toString()));
    }
    addTime(said, "expires", claims.get("exp"));
    addTime(said, "not valid before", claims.get("nbf"));
    return String.join(", ", said);
  }

  private static void addTime(List<String> said, String word, @Nullable List<String> seconds) {
    if (seconds == null) {
      return;
    }
    try {
      said.add(word + " " + Instant.ofEpochSecond((long) Double.parseDouble(seconds.get(0))));
    } catch (NumberFormatException | DateTimeException e) {
      said.add(word + " " + shown(seconds.toString()));
    }
  }

  private static String shown(String value) {
    return Secrets.cut(value, MAX_VALUE);
  }
}
