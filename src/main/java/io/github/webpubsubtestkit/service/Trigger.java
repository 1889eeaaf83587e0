package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.client.Content;
import io.github.webpubsubtestkit.internal.expect.GivenContent;
import io.github.webpubsubtestkit.internal.json.ObjectMapping;
import io.github.webpubsubtestkit.internal.wire.Payload;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The moment at which a connection meets its fault. Guarded by the orders of its fake. */
final class Trigger {

  /** As soon as there is a connection. */
  static final Trigger AT_ONCE = new Trigger(0, null, false);

  private final int messages;
  private final @Nullable GivenContent content;
  private final boolean behind;
  private final Map<String, Integer> sent = new HashMap<>(2); // by connection id

  private Trigger(int messages, @Nullable GivenContent content, boolean behind) {
    this.messages = messages;
    this.content = content;
    this.behind = behind;
  }

  static Trigger afterMessages(int messages) {
    return new Trigger(messages, null, true);
  }

  static Trigger of(Content content, boolean behind, ObjectMapping mapping) {
    return new Trigger(
        0,
        GivenContent.of(content.dataType().wireName(), content.value(), content.isPartial())
            .writtenBy(mapping),
        behind);
  }

  /** Returns whether it comes behind the message, and not before it. */
  boolean isBehind() {
    return behind;
  }

  /** A message is sent to a connection; returns whether this is the moment. */
  boolean on(String connectionId, Payload message) {
    GivenContent wanted = content;
    if (wanted != null) {
      return wanted.type() == message.type() && wanted.isSameAs(message.bytes());
    }
    boolean enough = messages > 0 && sent.merge(connectionId, 1, Integer::sum) == messages;
    if (enough) {
      sent.remove(connectionId); // it may be met again
    }
    return enough;
  }

  /** A clause behind what it triggers: {@code after 3 messages}. */
  @Override
  public String toString() {
    GivenContent wanted = content;
    if (wanted != null) {
      return (behind ? " after " : " before ") + wanted.type().wireName() + " " + wanted.brief();
    }
    return messages == 0 ? "" : " after " + messages + (messages == 1 ? " message" : " messages");
  }
}
