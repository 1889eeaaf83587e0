package io.github.webpubsubtestkit.internal.upstream;

import io.github.webpubsubtestkit.internal.transport.HttpHeaders;
import io.github.webpubsubtestkit.internal.wire.Metadata;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The header lines of one event (event-handlers 4.1). */
final class EventHeaders {

  static final String USER_ID = "ce-userId";
  static final String SUBPROTOCOL = "ce-subprotocol";
  private static final String STATE = "ce-connectionState";
  private static final String METADATA = Metadata.HEADER_PREFIX;

  private final List<HttpHeaders.Field> fields = new ArrayList<>(20);

  EventHeaders(
      UpstreamContext context,
      String hub,
      String connectionId,
      String signature,
      CloudEvent event) {
    add("ce-specversion", "1.0");
    add("ce-awpsversion", "1.0");
    add("ce-type", event.type());
    add("ce-source", "/hubs/" + hub + "/client/" + connectionId);
    add("ce-id", Integer.toString(event.id()));
    add("ce-time", context.timers().instant().truncatedTo(ChronoUnit.SECONDS).toString());
    add("ce-hub", hub);
    add("ce-connectionId", connectionId);
    add("ce-eventName", event.name());
    add("ce-signature", signature);
    add("WebHook-Request-Origin", context.origin());
    add("x-ms-client-request-id", requestId());
    add("Content-Type", event.contentType());
    metadata(event.metadata());
  }

  /** Nobody relies on it being hard to guess, so it need not cost what that costs. */
  private static String requestId() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long high = (random.nextLong() & ~0xF000L) | 0x4000L; // version 4
    long low = (random.nextLong() & ~(3L << 62)) | (2L << 62); // the usual variant
    return new UUID(high, low).toString();
  }

  /** Keys are written in lower case, and of those that become equal the last one counts. */
  private void metadata(@Nullable Map<String, String> metadata) {
    if (metadata == null || metadata.isEmpty()) {
      return;
    }
    Map<String, String> lines = new LinkedHashMap<>();
    metadata.forEach((key, value) -> lines.put(key.toLowerCase(Locale.ROOT), value));
    lines.forEach((key, value) -> add(METADATA + key, value));
  }

  EventHeaders userId(@Nullable String userId) {
    return userId == null || userId.isEmpty() ? this : add(USER_ID, userId);
  }

  EventHeaders subprotocol(@Nullable String subprotocol) {
    return subprotocol == null ? this : add(SUBPROTOCOL, subprotocol);
  }

  EventHeaders state(@Nullable String state) {
    return state == null ? this : add(STATE, state);
  }

  EventHeaders cookies(@Nullable String cookies) {
    return cookies == null ? this : add("Cookie", cookies);
  }

  private EventHeaders add(String name, String value) {
    fields.add(new HttpHeaders.Field(name, value));
    return this;
  }

  HttpHeaders toHeaders() {
    return HttpHeaders.of(fields);
  }

  /** The state that an answer leaves with its connection, null for none: its last line of it. */
  static @Nullable String state(HttpHeaders answer) {
    List<String> states = answer.all(STATE);
    return states.isEmpty() ? null : states.get(states.size() - 1);
  }

  /** Why no event could bring that state back, null if each can. */
  static @Nullable String faultOfState(HttpHeaders answer) {
    String state = state(answer);
    return state == null ? null : fault(STATE, state);
  }

  /** Why these headers cannot be sent, null if they can. */
  static @Nullable String fault(HttpHeaders headers) {
    for (HttpHeaders.Field field : headers.fields()) {
      String fault = fault(field.name(), field.value());
      if (fault != null) {
        return fault;
      }
    }
    return null;
  }

  /** Why this value cannot stand in an event (event-handlers 4.1), null if it can. */
  static @Nullable String fault(String name, String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < ' ' && c != '\t') || c == 0x7f) {
        return "the value of " + name + " has a control character";
      }
      if (c > 0x7f && !name.equals(USER_ID)) {
        return "the value of " + name + " is not ASCII, which only " + USER_ID + " may be";
      }
    }
    return null;
  }
}
