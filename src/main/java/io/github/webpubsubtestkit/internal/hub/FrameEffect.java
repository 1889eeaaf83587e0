package io.github.webpubsubtestkit.internal.hub;

import io.github.webpubsubtestkit.internal.wire.Subprotocol;
import java.time.Duration;

/**
 * What becomes of one message to one client instead of being sent as it is.
 *
 * @param amount how many ids, fragments or bytes; 0 for the others
 * @param delay how much later it is sent; zero for the others
 * @param delayed what that is, for texts; empty for the others
 */
public record FrameEffect(Kind kind, int amount, Duration delay, String delayed) {

  /** The effects. */
  public enum Kind {
    /** It is not sent. */
    LOSE,
    /** It and all that follows is sent later. */
    DELAY,
    /** It is sent twice. */
    REPEAT,
    /** Its sequence id leaves some out. */
    SKIP_SEQUENCE_IDS,
    /** Half its frame is sent, and the connection ends. */
    CUT_OFF,
    /** It has no valid form. */
    MALFORMED,
    /** It is none that the client knows. */
    UNKNOWN_TYPE,
    /** A text message is sent as a binary one, and the other way round. */
    WRONG_ENCODING,
    /** It comes in several frames. */
    FRAGMENTS,
    /** Its frame has the bit of compressed ones. */
    COMPRESSED_BIT,
    /** It is padded. */
    OVERSIZE
  }

  public static final FrameEffect LOSE = of(Kind.LOSE, 0);
  public static final FrameEffect REPEAT = of(Kind.REPEAT, 0);
  public static final FrameEffect CUT_OFF = of(Kind.CUT_OFF, 0);
  public static final FrameEffect MALFORMED = of(Kind.MALFORMED, 0);
  public static final FrameEffect UNKNOWN_TYPE = of(Kind.UNKNOWN_TYPE, 0);
  public static final FrameEffect WRONG_ENCODING = of(Kind.WRONG_ENCODING, 0);
  public static final FrameEffect COMPRESSED_BIT = of(Kind.COMPRESSED_BIT, 0);

  /**
   * It and all that follows is sent later.
   *
   * @param delayed what it is, for texts: {@code the ack of joinGroup("room")}
   */
  public static FrameEffect delay(Duration delay, String delayed) {
    return new FrameEffect(Kind.DELAY, 0, delay, delayed);
  }

  /** Its sequence id leaves some out. */
  public static FrameEffect skipSequenceIds(int ids) {
    return of(Kind.SKIP_SEQUENCE_IDS, ids);
  }

  /** It comes in several frames. */
  public static FrameEffect inFragments(int fragments) {
    return of(Kind.FRAGMENTS, fragments);
  }

  /** It has as many bytes, unless it has more. */
  public static FrameEffect oversize(int bytes) {
    return of(Kind.OVERSIZE, bytes);
  }

  private static FrameEffect of(Kind kind, int amount) {
    return new FrameEffect(kind, amount, Duration.ZERO, "");
  }

  /** Returns whether it can be done to messages of this subprotocol. */
  public boolean concerns(Subprotocol protocol) {
    return switch (kind) {
      case SKIP_SEQUENCE_IDS -> protocol.reliable();
      case MALFORMED, UNKNOWN_TYPE -> protocol != Subprotocol.RAW;
      default -> true;
    };
  }
}
