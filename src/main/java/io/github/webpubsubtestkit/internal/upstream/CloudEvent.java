package io.github.webpubsubtestkit.internal.upstream;

import io.github.webpubsubtestkit.internal.wire.ClientRequest.Event;
import io.github.webpubsubtestkit.internal.wire.PayloadType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened to a connection, as the application is told of it (event-handlers 1,
 * 4.5).
 *
 * @param name of a system event, or the client's name for its own, in its spelling
 * @param user whether it is the client's own
 * @param id the place of the event among those of its connection
 * @param contentType of the body
 * @param body what it brings
 * @param metadata of the client's message
 */
record CloudEvent(
    String name,
    boolean user,
    int id,
    String contentType,
    byte[] body,
    @Nullable Map<String, String> metadata) {

  static final String JSON_UTF_8 = "application/json; charset=utf-8";

  static CloudEvent system(SystemEvent event, int id, byte[] json) {
    return new CloudEvent(event.eventName(), false, id, JSON_UTF_8, json, null);
  }

  static CloudEvent user(Event event, int id) {
    return new CloudEvent(
        event.event(),
        true,
        id,
        contentType(event.payload().type()),
        event.payload().bytes(),
        event.payload().metadata());
  }

  private static String contentType(PayloadType type) {
    return switch (type) {
      case TEXT -> "text/plain; charset=utf-8";
      case JSON -> "application/json";
      case BINARY -> "application/octet-stream";
      case PROTOBUF -> "application/x-protobuf";
    };
  }

  /** The value of {@code ce-type}. */
  String type() {
    return (user ? "azure.webpubsub.user." : "azure.webpubsub.sys.") + name;
  }

  /** {@code event shout of alice#1}. */
  String title(String label) {
    return (user ? "event " : "") + name + " of " + label;
  }
}
