package io.github.webpubsubtestkit.internal.upstream;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.github.webpubsubtestkit.internal.hub.ConnectOutcome;
import io.github.webpubsubtestkit.internal.hub.ConnectOutcome.Accepted;
import io.github.webpubsubtestkit.internal.hub.ConnectOutcome.Rejected;
import io.github.webpubsubtestkit.internal.transport.HttpResponse;
import io.github.webpubsubtestkit.internal.wire.Names;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads what the application says to a {@code connect} (event-handlers 5.3). */
final class ConnectResponse {

  private static final JsonFactory FACTORY = new JsonFactory();
  private static final byte[] NO_BODY = {};
  private static final int INTERNAL_ERROR = 500;

  private final List<String> offered;
  private @Nullable String userId;
  private @Nullable List<String> roles;
  private @Nullable List<String> groups;
  private @Nullable String subprotocol;

  private ConnectResponse(List<String> offered) {
    this.offered = offered;
  }

  /**
   * The consequence of a reply.
   *
   * @param offered the client's subprotocols
   * @param forwardBody whether a client that is refused with 4xx gets the application's text
   */
  static ConnectOutcome outcome(Reply reply, List<String> offered, boolean forwardBody) {
    HttpResponse success = reply.success();
    if (success == null) {
      return rejected(reply, forwardBody);
    }
    if (reply.bodyTooLarge()) {
      return internalError(reply.describe() + " with a body of more than 16 MiB");
    }
    String fault = EventHeaders.faultOfState(success.headers());
    if (fault != null) {
      return internalError(reply.describe() + ", but " + fault);
    }
    if (success.body().length == 0) {
      return Accepted.AS_THE_TOKEN_SAYS;
    }
    try {
      return new ConnectResponse(offered).read(success.body());
    } catch (JsonProcessingException e) {
      return internalError(
          reply.describe() + ", but its body is no JSON: " + e.getOriginalMessage());
    } catch (CharacterCodingException e) {
      return internalError(reply.describe() + ", but its body is no UTF-8");
    } catch (IOException e) {
      return internalError(reply.describe() + ", but " + e.getMessage());
    }
  }

  private static Rejected internalError(String detail) {
    return new Rejected(INTERNAL_ERROR, NO_BODY, null, detail);
  }

  private static Rejected rejected(Reply reply, boolean forwardBody) {
    int status = reply.status();
    if (status < 400 || status > 599) {
      return internalError(reply.describe());
    }
    HttpResponse response = reply.result().response();
    if (forwardBody && status < 500 && response != null) {
      return new Rejected(
          status,
          response.body(),
          response.headers().first("Content-Type").orElse(null),
          reply.describe());
    }
    return new Rejected(status, NO_BODY, null, reply.describe());
  }

  private Accepted read(byte[] body) throws IOException {
    String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    try (JsonParser json = FACTORY.createParser(text)) {
      JsonToken first = json.nextToken();
      if (first == JsonToken.START_OBJECT) {
        readProperties(json);
      } else if (first != JsonToken.VALUE_NULL) {
        throw new IOException("its body is no JSON object");
      }
      if (json.nextToken() != null) {
        throw new IOException("something follows the JSON object in its body");
      }
    }
    return new Accepted(userId, roles, groups, subprotocol);
  }

  private void readProperties(JsonParser json) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      switch (name.toLowerCase(Locale.ROOT)) {
        case "userid" -> userId = checkedUser(string(json, name));
        case "roles" -> roles = strings(json, name);
        case "groups" -> groups = checkedGroups(strings(json, name));
        case "subprotocol" -> subprotocol = selected(string(json, name));
        default -> json.skipChildren();
      }
    }
  }

  private static @Nullable String string(JsonParser json, String name) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw new IOException("its \"" + name + "\" is no string");
    }
    return json.getText();
  }

  private static @Nullable List<String> strings(JsonParser json, String name) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw new IOException("its \"" + name + "\" is no array");
    }
    List<String> values = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() != JsonToken.VALUE_STRING) {
        throw new IOException("its \"" + name + "\" has a value that is no string");
      }
      values.add(json.getText());
    }
    return List.copyOf(values);
  }

  /** An id that no header can hold would make every later event fail. */
  private static @Nullable String checkedUser(@Nullable String userId) throws IOException {
    String fault = userId == null ? null : EventHeaders.fault(EventHeaders.USER_ID, userId);
    if (fault != null) {
      throw new IOException("its \"userId\" cannot be told to later events: " + fault);
    }
    return userId;
  }

  /** An empty list leaves the groups of the token as they are. */
  private static @Nullable List<String> checkedGroups(@Nullable List<String> groups)
      throws IOException {
    if (groups == null || groups.isEmpty()) {
      return null;
    }
    for (String group : groups) {
      if (!Names.isGroup(group)) {
        throw new IOException(
            "its \"groups\" has a name that is blank or longer than 1,024 characters");
      }
    }
    return groups;
  }

  private @Nullable String selected(@Nullable String name) throws IOException {
    if (name == null || name.isEmpty()) {
      return null;
    }
    String spelled = offered.contains(name) ? name : null;
    for (String each : offered) {
      if (spelled == null && each.equalsIgnoreCase(name)) {
        spelled = each;
      }
    }
    if (spelled == null) {
      throw new IOException(
          "it selects the subprotocol \"" + name + "\", but the client offered " + offered);
    }
    String fault = EventHeaders.fault(EventHeaders.SUBPROTOCOL, spelled);
    if (fault != null) {
      throw new IOException("its \"subprotocol\" cannot be told to later events: " + fault);
    }
    return spelled;
  }
}
