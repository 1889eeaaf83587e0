package io.github.webpubsubtestkit.internal.hub;

import io.github.webpubsubtestkit.internal.wire.Subprotocol;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a request or a handshake that is carried out differs from what is usual.
 *
 * @param amount a close code or a number of messages; 0 for the others
 * @param text a subprotocol; null for the others
 */
public record Deviation(Kind kind, int amount, @Nullable String text) {

  /** The differences. */
  public enum Kind {
    NONE,
    /** A request has no answer: its connection is reset. */
    ANSWER_DROPPED,
    /** A handshake is answered with another subprotocol, or none. */
    SUBPROTOCOL,
    /** A new client gets no {@code connected}. */
    WITHOUT_CONNECTED,
    /** A client is closed as soon as it is there. */
    CLOSE_AFTERWARDS,
    /** A recovery is closed with 1008. */
    REFUSED,
    /** A recovery leaves out its first messages. */
    GAP
  }

  public static final Deviation NONE = new Deviation(Kind.NONE, 0, null);
  public static final Deviation ANSWER_DROPPED = new Deviation(Kind.ANSWER_DROPPED, 0, null);
  public static final Deviation WITHOUT_SUBPROTOCOL = new Deviation(Kind.SUBPROTOCOL, 0, null);
  public static final Deviation WITHOUT_CONNECTED = new Deviation(Kind.WITHOUT_CONNECTED, 0, null);
  public static final Deviation REFUSED = new Deviation(Kind.REFUSED, 0, null);

  /** A handshake is answered with this subprotocol. */
  public static Deviation withSubprotocol(String name) {
    return new Deviation(Kind.SUBPROTOCOL, 0, name);
  }

  /** A client is closed with this code as soon as it is there. */
  public static Deviation closeAfterwards(int code) {
    return new Deviation(Kind.CLOSE_AFTERWARDS, code, null);
  }

  /** A recovery leaves out its first messages. */
  public static Deviation gap(int messages) {
    return new Deviation(Kind.GAP, messages, null);
  }

  /** Returns whether it is of this kind. */
  public boolean is(Kind other) {
    return kind == other;
  }

  /** Returns whether it makes a difference to the client of a handshake. */
  public boolean concerns(RecordedOperation handshake) {
    List<String> offered = handshake.details().offeredSubprotocols();
    boolean recovery = handshake.operation() == Operation.RECOVER;
    return switch (kind) {
      case SUBPROTOCOL -> text != null || recovery || !offered.isEmpty();
      case WITHOUT_CONNECTED ->
          !recovery && offered.stream().anyMatch(each -> Subprotocol.predefined(each).isPresent());
      default -> true;
    };
  }

  /** The subprotocol of the answer. */
  public @Nullable String subprotocol(@Nullable String usual) {
    return is(Kind.SUBPROTOCOL) ? text : usual;
  }

  /** The difference as a noun. */
  @Override
  public String toString() {
    return switch (kind) {
      case NONE -> "no difference";
      case ANSWER_DROPPED -> "answer dropped";
      case SUBPROTOCOL -> text == null ? "no subprotocol" : "subprotocol " + text;
      case WITHOUT_CONNECTED -> "no connected message";
      case CLOSE_AFTERWARDS -> "close with " + amount;
      case REFUSED -> "refusal with 1008";
      case GAP -> "gap of " + amount + (amount == 1 ? " message" : " messages");
    };
  }
}
