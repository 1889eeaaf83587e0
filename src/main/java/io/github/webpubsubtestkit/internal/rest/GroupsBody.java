package io.github.webpubsubtestkit.internal.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.webpubsubtestkit.internal.transport.HttpRequest;
import io.github.webpubsubtestkit.internal.wire.Names;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code :addToGroups} and {@code :removeFromGroups} (rest-api 8.6): steps 7 to 9 of
 * rest-api 5.
 *
 * @param groups valid names, at least one; a name may stand there twice
 * @param filter what the connections must be; null for all of the hub
 */
record GroupsBody(List<String> groups, @Nullable String filter) {

  static GroupsBody read(HttpRequest request, ApiHeaders head, boolean requireContentLength)
      throws RestException {
    RequestBody.checkDeclaredLength(head, requireContentLength);
    MediaType mediaType = RequestBody.mediaType(head.contentType());
    if (mediaType == null || !mediaType.name().equals("application/json")) {
      throw RestException.unsupportedMediaType(
          "Content-Type '"
              + (mediaType == null ? "" : mediaType.name())
              + "' is not application/json");
    }
    var charset = RequestBody.charset(mediaType);
    byte[] json = RequestBody.json(RequestBody.bytes(request), charset);
    try (JsonParser parser = RequestBody.parser(json)) {
      return read(parser);
    } catch (IOException e) {
      throw RestException.badRequest("The request body is not a valid JSON.");
    }
  }

  /** Names of properties are compared without regard to case; what is unknown does not matter. */
  private static GroupsBody read(JsonParser json) throws IOException, RestException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw noGroupsRequest();
    }
    List<String> groups = List.of();
    String filter = null;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (name.equalsIgnoreCase("groups")) {
        groups = groups(json, value);
      } else if (name.equalsIgnoreCase("filter")) {
        filter = filter(json, value);
      } else {
        json.skipChildren();
      }
    }
    if (groups.isEmpty()) {
      throw RestException.invalidGroups();
    }
    return new GroupsBody(groups, filter);
  }

  private static List<String> groups(JsonParser json, JsonToken value)
      throws IOException, RestException {
    if (value == JsonToken.VALUE_NULL) {
      return List.of();
    }
    if (value != JsonToken.START_ARRAY) {
      throw noGroupsRequest();
    }
    List<String> groups = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() != JsonToken.VALUE_STRING || !Names.isGroup(json.getText())) {
        throw RestException.invalidGroups();
      }
      groups.add(json.getText());
    }
    return groups;
  }

  private static @Nullable String filter(JsonParser json, JsonToken value)
      throws IOException, RestException {
    if (value == JsonToken.VALUE_NULL) {
      return null;
    }
    if (value != JsonToken.VALUE_STRING) {
      throw noGroupsRequest();
    }
    return json.getText().isEmpty() ? null : json.getText();
  }

  private static RestException noGroupsRequest() {
    return RestException.badRequest("The request body is not a valid groups request.");
  }
}
