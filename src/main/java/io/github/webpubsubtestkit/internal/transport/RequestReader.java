package io.github.webpubsubtestkit.internal.transport;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Reads consecutive requests from a connection. */
final class RequestReader {

  private static final byte[] NOTHING = {};

  private final TransportLimits limits;
  private final HeadReader heads;
  private @Nullable RequestHead head;
  private @Nullable BodyReader body;
  private boolean continueWanted;

  RequestReader(TransportLimits limits) {
    this.limits = limits;
    this.heads = new HeadReader(limits.maxHeadBytes());
  }

  /** A request with the data for its connection. */
  record Received(RequestHead head, HttpRequest request) {}

  /** Takes input up to the end of a request; null if more is needed. */
  @Nullable Received read(ByteBuffer in) throws HttpRefusal {
    RequestHead current = head;
    BodyReader content = body;
    if (current == null || content == null) {
      String text = heads.read(in);
      if (text == null) {
        return null;
      }
      current = RequestHead.parse(text);
      content = current.body(limits.maxBodyBytes(), limits.maxHeadBytes());
      continueWanted = current.expectsContinue() && !content.isTooLarge();
      head = current;
      body = content;
    }
    if (!content.isTooLarge() && !content.read(in)) {
      return null;
    }
    head = null;
    body = null;
    continueWanted = false;
    boolean tooLarge = content.isTooLarge();
    return new Received(
        current,
        new HttpRequest(
            current.method(),
            current.target(),
            current.headers(),
            tooLarge ? NOTHING : content.bytes(),
            tooLarge));
  }

  /** Returns whether a part of a request has come. */
  boolean isUnderWay() {
    return head != null || heads.isUnderWay();
  }

  /** Returns whether the client waits for a 100 before it sends the body; true only once. */
  boolean takeContinueWanted() {
    boolean wanted = continueWanted;
    continueWanted = false;
    return wanted;
  }
}
