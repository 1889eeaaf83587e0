package io.github.webpubsubtestkit.internal.upstream;

import io.github.webpubsubtestkit.internal.transport.HttpResponse;
import org.jspecify.annotations.Nullable;

/** The result of one request. */
public sealed interface UpstreamResult {

  /** The answer, if there is one that is usable; its body is empty if that was too large. */
  @Nullable HttpResponse response();

  /** True if the body is larger than 16 MiB and was not kept. */
  boolean bodyTooLarge();

  /**
   * Why there is no usable answer, without the URL, for example {@code 127.0.0.1:7071: Connection
   * refused}; null if there is one.
   */
  @Nullable String failure();

  /** True if another attempt may succeed (event-handlers 8). */
  boolean isWorthRetrying();

  /** True if the fake was closed meanwhile, or the client has gone. */
  boolean isClosed();

  /** The application answered, whatever it says. */
  record Answer(@Override HttpResponse response, @Override boolean bodyTooLarge)
      implements UpstreamResult {

    @Override
    public @Nullable String failure() {
      return null;
    }

    @Override
    public boolean isWorthRetrying() {
      int status = response.status();
      return status == 408 || (status >= 500 && status <= 599);
    }

    @Override
    public boolean isClosed() {
      return false;
    }
  }

  /** There is no usable answer. */
  record Failure(Kind kind, @Override String failure) implements UpstreamResult {

    @Override
    public @Nullable HttpResponse response() {
      return null;
    }

    @Override
    public boolean bodyTooLarge() {
      return false;
    }

    @Override
    public boolean isWorthRetrying() {
      return kind == Kind.NETWORK;
    }

    @Override
    public boolean isClosed() {
      return kind == Kind.CLOSED;
    }
  }

  /** The kinds of failure (event-handlers 8). */
  enum Kind {
    /** No connection, or it broke before an answer, or what came is no HTTP: tried again. */
    NETWORK,
    /**
     * An answer began and was not completed: the application has done its work; not tried again.
     */
    BROKEN_ANSWER,
    /** No answer in time: not tried again. */
    TIMEOUT,
    /** The request cannot be sent, now or ever: not tried again. */
    LOCAL,
    /** The fake was closed, or the client has gone: nobody is interested any more. */
    CLOSED
  }
}
