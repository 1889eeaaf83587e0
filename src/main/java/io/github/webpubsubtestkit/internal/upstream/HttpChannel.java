package io.github.webpubsubtestkit.internal.upstream;

import io.github.webpubsubtestkit.internal.transport.TransportLoop;
import java.util.function.Consumer;

/** Requests over HTTP/1.1, on the loop of the fake. One serves all handlers. */
public final class HttpChannel implements UpstreamChannel {

  /** Sends from that loop. */
  public HttpChannel(TransportLoop loop) {}

  @Override
  public boolean needsValidation() {
    return true;
  }

  @Override
  public Call send(UpstreamRequest request, Consumer<UpstreamResult> then) {
    throw new IllegalStateException("comes with the next commit");
  }
}
