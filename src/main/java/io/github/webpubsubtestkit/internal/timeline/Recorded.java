package io.github.webpubsubtestkit.internal.timeline;

import io.github.webpubsubtestkit.internal.secrets.Display;
import io.github.webpubsubtestkit.internal.secrets.Secrets;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An entry as it is kept: its texts are made only when somebody reads them. */
class Recorded {

  private static final int OVERHEAD = 64;

  final long nanos;
  final Kind kind;
  final Party party;
  final Direction direction;
  final String head;
  final byte[] payload;
  final boolean text;
  final long sequenceId;

  Recorded(
      long nanos,
      Kind kind,
      Party party,
      Direction direction,
      String head,
      byte[] payload,
      boolean text,
      long sequenceId) {
    this.nanos = nanos;
    this.kind = kind;
    this.party = party;
    this.direction = direction;
    this.head =
        head.length() > 2 * Timeline.MAX_PAYLOAD ? Secrets.cut(head, Timeline.MAX_PAYLOAD) : head;
    this.payload = payload;
    this.text = text;
    this.sequenceId = sequenceId;
  }

  long size() {
    return (long) OVERHEAD + head.length() + payload.length;
  }

  @Nullable String operation() {
    return null;
  }

  @Nullable String outcome() {
    return null;
  }

  Entry entry(Display display) {
    String full = payload.length == 0 ? head : joined(head, payload(display));
    if (sequenceId != 0) {
      full += "  sequenceId " + Long.toUnsignedString(sequenceId);
    }
    full = Secrets.cut(OneLine.of(full), 2 * Timeline.MAX_PAYLOAD);
    String outcome = outcome();
    String shown = outcome == null ? null : Secrets.cut(OneLine.of(outcome), Timeline.MAX_PAYLOAD);
    return new Entry(
        Duration.ofNanos(nanos),
        kind,
        Secrets.mask(OneLine.of(party.shown())),
        direction,
        shown == null ? full : full + "  => " + shown,
        party.connectionId(),
        operation(),
        shown,
        payload,
        text);
  }

  private String payload(Display display) {
    if (!text) {
      String frame = party.show(direction, payload);
      return frame == null
          ? Bytes.describe(payload)
          : "protobuf " + OneLine.of(cut(display.of(frame)));
    }
    return describe(payload, true, display);
  }

  static String describe(byte[] payload, boolean text, Display display) {
    return text
        ? OneLine.of(cut(display.of(new String(payload, StandardCharsets.UTF_8))))
        : Bytes.describe(payload);
  }

  private static String cut(String text) {
    return Secrets.cut(text, Timeline.MAX_PAYLOAD);
  }

  static String joined(String head, String payload) {
    return head.isEmpty() ? payload : head + "  " + payload;
  }

  /** A request, whose outcome is added when it is known. */
  static final class Asked extends Recorded implements Timeline.Call {

    private final String operation;
    private volatile @Nullable String outcome;

    Asked(long nanos, Party party, String operation, String head, byte[] payload, boolean text) {
      super(nanos, Kind.REQUEST, party, Direction.IN, head, payload, text, 0);
      this.operation = operation;
    }

    @Override
    public void ended(String what) {
      outcome = what;
    }

    @Override
    String operation() {
      return operation;
    }

    @Override
    @Nullable String outcome() {
      return outcome;
    }
  }
}
