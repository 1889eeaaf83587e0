package io.github.webpubsubtestkit.internal.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.webpubsubtestkit.internal.hub.ConnectionView;
import io.github.webpubsubtestkit.internal.hub.Outcome;
import io.github.webpubsubtestkit.internal.hub.ServerRequest.ListConnections;
import io.github.webpubsubtestkit.internal.options.Option;
import io.github.webpubsubtestkit.internal.transport.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lists the members of a group, page by page (rest-api 8.7).
 *
 * <p>A page goes on behind the last id of the page before, so that members may come and go
 * meanwhile and none is seen twice. As in Azure, that id is the continuation token, and any other
 * text is one, too; with the emulator's pages it is sealed.
 */
final class MemberList {

  private static final JsonFactory FACTORY = new JsonFactory();

  /** The newest version, whichever the request has named. */
  private static final String VERSION = "2024-12-01";

  private final RestAuthenticator authenticator;
  private final ContinuationTokens tokens = new ContinuationTokens();

  MemberList(RestAuthenticator authenticator) {
    this.authenticator = authenticator;
  }

  /** Checks that a continuation token, if any, is for this hub and group. */
  void checkCursor(RestCall call) throws RestException {
    var unused = cursor(call);
  }

  /** One member more than a page may have, to know whether there is another page. */
  ListConnections read(RestCall call) throws RestException {
    return new ListConnections(call.hubName(), call.group(), cursor(call), wanted(call) + 1);
  }

  /** A page of what was found. */
  HttpResponse page(RestCall call, Outcome outcome) {
    int wanted = wanted(call);
    List<ConnectionView> found = ((Outcome.Members) outcome).members();
    List<ConnectionView> page = found.subList(0, Math.min(wanted, found.size()));
    Integer top = Checks.top(call);
    Integer left = top == null ? null : top - page.size();
    boolean more = found.size() > wanted && (left == null || left > 0);
    String nextLink = more ? nextLink(call, page.get(wanted - 1), left) : null;
    return RestResponses.json(body(page, nextLink, likeEmulator(call)));
  }

  private static int wanted(RestCall call) {
    int pageSize = Checks.maxPageSize(call);
    Integer top = Checks.top(call);
    return top == null ? pageSize : Math.min(pageSize, top);
  }

  /** The last connection of the page before; null for the first page. */
  private @Nullable String cursor(RestCall call) throws RestException {
    String token = call.query().first("continuationToken");
    if (token == null) {
      return null;
    }
    if (!likeEmulator(call)) {
      return token; // any text: what sorts behind it is listed
    }
    String connectionId = tokens.connectionOf(token, call.hubName(), call.group());
    if (connectionId == null) {
      throw Checks.invalidContinuation();
    }
    return connectionId;
  }

  private static boolean likeEmulator(RestCall call) {
    return call.options().isOn(Option.EMULATOR_PAGES);
  }

  /** Can be fetched as it stands: hub and group are written as in the request. */
  private String nextLink(RestCall call, ConnectionView last, @Nullable Integer top) {
    String path = call.request().rawPath();
    String url =
        authenticator.origin(call.head())
            + (path.endsWith("/") ? path.substring(0, path.length() - 1) : path)
            + "?";
    String size = "maxpagesize=" + Checks.maxPageSize(call);
    if (likeEmulator(call)) {
      return url
          + ("api-version=" + VERSION)
          + ("&" + size)
          + ("&continuationToken="
              + tokens.behind(last.connectionId(), call.hubName(), call.group()))
          + (top == null ? "" : "&top=" + top);
    }
    return url
        + (top == null ? "" : "top=" + top + "&")
        + size
        + ("&continuationToken=" + last.connectionId())
        + ("&api-version=" + VERSION);
  }

  /**
   * A page as JSON.
   *
   * @param writeNull whether the last page has a link, too, which is null
   */
  private static byte[] body(
      List<ConnectionView> members, @Nullable String nextLink, boolean writeNull) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      json.writeStartObject();
      json.writeArrayFieldStart("value");
      for (ConnectionView member : members) {
        json.writeStartObject();
        json.writeStringField("connectionId", member.connectionId());
        json.writeStringField("userId", member.visibleUserId());
        json.writeEndObject();
      }
      json.writeEndArray();
      if (nextLink != null || writeNull) {
        json.writeStringField("nextLink", nextLink);
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return out.toByteArray();
  }
}
