package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.internal.timeline.Entry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * One entry of a fake's {@linkplain FakeWebPubSub#timelineEntries() timeline}, in parts.
 *
 * <pre>{@code
 * assertThat(service.timelineEntries())
 *     .filteredOn(entry -> entry.kind() == TimelineEntry.Kind.REQUEST)
 *     .extracting(TimelineEntry::operation)
 *     .containsExactly(Optional.of("sendToAll"));   // fails if the application sent something else
 * }</pre>
 *
 * @since 0.1
 */
public final class TimelineEntry {

  /**
   * What an entry is about.
   *
   * @since 0.1
   */
  public enum Kind {
    /** A client's handshake, or its rejection. */
    HANDSHAKE,
    /** A request of an application, or of the test in its place. */
    REQUEST,
    /** A frame of a client or to a client. */
    MESSAGE,
    /** An event for the application's event handlers, or their response. */
    EVENT,
    /** A change of state or a decision. */
    NOTE,
    /** A failure of the test. */
    FAILURE
  }

  /**
   * The direction of an entry.
   *
   * @since 0.1
   */
  public enum Direction {
    /** To the service. */
    IN,
    /** From the service. */
    OUT,
    /** Neither, for notes, failures and messages that are not sent, or not yet. */
    NONE
  }

  private final Entry entry;

  TimelineEntry(Entry entry) {
    this.entry = entry;
  }

  /**
   * Returns its time.
   *
   * @return the time since the service started
   * @since 0.1
   */
  public Duration at() {
    return entry.at();
  }

  /**
   * Returns what it is about.
   *
   * @return its kind
   * @since 0.1
   */
  public Kind kind() {
    return Kind.valueOf(entry.kind().name());
  }

  /**
   * Returns the party concerned.
   *
   * @return for example {@code alice#1}, {@code anonymous#2 (buyer)}, {@code REST} or {@code test}
   * @since 0.1
   */
  public String party() {
    return entry.party();
  }

  /**
   * Returns its direction.
   *
   * @return whether it went to the service or came from it
   * @since 0.1
   */
  public Direction direction() {
    return switch (entry.direction()) {
      case IN -> Direction.IN;
      case OUT -> Direction.OUT;
      case NOTE, FAILURE -> Direction.NONE;
    };
  }

  /**
   * Returns the connection concerned.
   *
   * @return its id; empty for requests, handshakes and events
   * @since 0.1
   */
  public Optional<String> connectionId() {
    return Optional.ofNullable(entry.connectionId());
  }

  /**
   * Returns the operation of a request.
   *
   * @return for example {@code sendToGroup}, {@code unknown} for an address that the service does
   *     not have; empty for other kinds
   * @since 0.1
   */
  public Optional<String> operation() {
    return Optional.ofNullable(entry.operation());
  }

  /**
   * Returns what came of a request.
   *
   * @return for example {@code 202, to nobody}; empty for other kinds and as long as there is none
   * @since 0.1
   */
  public Optional<String> outcome() {
    return Optional.ofNullable(entry.outcome());
  }

  /**
   * Returns the payload of a message, a request or an event that is text, for example JSON.
   *
   * @return the payload as it was sent, tokens included; empty if it is binary, if there is none,
   *     or if it has more than 8 KiB
   * @since 0.1
   */
  public Optional<String> payloadText() {
    return entry.isText() && entry.payload().length > 0
        ? Optional.of(new String(entry.payload(), StandardCharsets.UTF_8))
        : Optional.empty();
  }

  /**
   * Returns the bytes of the payload.
   *
   * @return a copy; empty if there is none, or if it has more than 8 KiB
   * @since 0.1
   */
  public byte[] payload() {
    return entry.payload().clone();
  }

  /**
   * Returns its description, as in {@link FakeWebPubSub#timeline()}.
   *
   * @return one line without time and party; tokens and keys are masked, long payloads are cut
   * @since 0.1
   */
  public String text() {
    return entry.text();
  }

  /** Returns the entry on one line, with time and party. */
  @Override
  public String toString() {
    return entry.toString();
  }
}
