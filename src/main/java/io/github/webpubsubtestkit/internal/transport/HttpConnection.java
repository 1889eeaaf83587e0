package io.github.webpubsubtestkit.internal.transport;

import io.github.webpubsubtestkit.internal.transport.HttpResult.Answered;
import io.github.webpubsubtestkit.internal.transport.HttpResult.Failed;
import io.github.webpubsubtestkit.internal.transport.HttpResult.Kind;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One connection of an {@link HttpCaller}, with one request and response at a time. Loop thread
 * only.
 */
final class HttpConnection implements ConnectionProtocol, Dialer.Caller {

  private static final byte[] NOTHING = {};

  private final HttpCaller owner;
  private final String peer;
  private @Nullable Dialer dialer;
  private @Nullable Endpoint endpoint;
  private @Nullable HttpCall call;
  private ResponseReader answer;
  private boolean heard;
  private long idleSince;

  /**
   * Creates a connection that is not connected yet.
   *
   * @param peer the owner's name for it
   */
  HttpConnection(HttpCaller owner, String peer) {
    this.owner = owner;
    this.peer = peer;
    this.answer = owner.newReader();
  }

  String peer() {
    return peer;
  }

  /** Connects, for a first request. */
  void dial(List<InetSocketAddress> addresses, HttpCall first) {
    call = first;
    first.servedBy(this);
    Dialer dialing = new Dialer(owner.loop(), addresses, owner.tlsFor(first), this);
    dialer = dialing;
    dialing.start();
  }

  @Override
  public void onDialed(Endpoint connected) {
    dialer = null;
    endpoint = connected;
    connected.switchTo(this);
    HttpCall first = call;
    if (first != null) {
      first.writeTo(connected);
    }
  }

  @Override
  public void onDialFailed(IOException failure) {
    dialer = null;
    fail(Kind.CANNOT_CONNECT, String.valueOf(failure.getMessage()));
  }

  /**
   * Returns whether it can still be used: the peer may have closed it since the loop last looked.
   */
  boolean isAlive() {
    Endpoint connected = endpoint;
    return connected != null && connected.isQuiet();
  }

  /** Sends a further request. */
  void serve(HttpCall next) {
    Endpoint connected = endpoint;
    if (connected == null) {
      throw new IllegalStateException("not connected");
    }
    call = next;
    next.servedBy(this);
    answer = owner.newReader();
    heard = false;
    next.writeTo(connected);
  }

  /** Abandons a cancelled request; its response could not be distinguished from the next one. */
  void abandon(HttpCall given) {
    if (call == given) {
      call = null;
      close();
    }
  }

  /** Closes the socket, without reporting it. */
  void close() {
    Dialer dialing = dialer;
    if (dialing != null) {
      dialing.cancel();
      dialer = null;
    }
    Endpoint connected = endpoint;
    if (connected != null) {
      connected.release(false);
    }
  }

  void idleFrom(long nanos) {
    idleSince = nanos;
  }

  long idleSince() {
    return idleSince;
  }

  @Override
  public void onInput(ByteBuffer in) {
    if (call == null) {
      in.position(in.limit()); // there is no request
      dropIdle();
      return;
    }
    if (!heard && !call.isSecure() && TlsLayer.isRecord(in)) {
      in.position(in.limit());
      fail(Kind.MALFORMED, "the server speaks TLS: the URL needs https://");
      return;
    }
    heard = true;
    try {
      HttpResponse response = answer.read(in);
      HttpCall current = call;
      if (answer.hasHead() && current != null) {
        current.headCame();
      }
      if (response != null) {
        boolean more = in.hasRemaining();
        in.position(in.limit());
        complete(response, more);
      }
    } catch (IOException e) {
      in.position(in.limit());
      fail(answer.hasHead() ? Kind.INCOMPLETE : Kind.MALFORMED, String.valueOf(e.getMessage()));
    }
  }

  private void complete(HttpResponse response, boolean more) {
    if (response.status() == 101) {
      fail(Kind.MALFORMED, "the answer is 101, but nobody has asked for another protocol");
      return;
    }
    HttpCall answered = call;
    call = null;
    Endpoint connected = endpoint;
    boolean reusable =
        connected != null
            && !more
            && answer.leavesConnectionOpen()
            && connected.queuedBytes() == 0
            && !connected.inputEnded();
    boolean tooLarge = answer.isTooLarge();
    answer = owner.newReader(); // the old one holds the body
    if (reusable) {
      owner.keep(this);
    } else {
      close();
    }
    if (answered != null) {
      HttpResponse kept =
          tooLarge ? new HttpResponse(response.status(), response.headers(), NOTHING) : response;
      answered.end(new Answered(kept, tooLarge));
    }
  }

  private void fail(Kind kind, String detail) {
    HttpCall failed = call;
    call = null;
    close();
    if (failed != null) {
      failed.end(new Failed(owner.loop().openSelector() == null ? Kind.STOPPED : kind, detail));
    }
  }

  private void dropIdle() {
    owner.forget(this);
    close();
  }

  @Override
  public void onInputEnd() {
    HttpResponse soFar = answer.readSoFar();
    if (call != null && soFar != null && answer.endsWithConnection()) {
      complete(soFar, true);
    } else {
      ended("the connection was closed");
    }
  }

  @Override
  public void onBroken(IOException failure) {
    String detail = String.valueOf(failure.getMessage());
    if (failure instanceof TlsException tls && !heard) {
      fail(tls.isLasting() ? Kind.NOT_TRUSTED : Kind.LOST, detail);
    } else {
      ended(detail);
    }
  }

  private void ended(String how) {
    if (call == null) {
      dropIdle();
    } else if (answer.hasHead()) {
      fail(Kind.INCOMPLETE, how + " in the midst of the answer");
    } else {
      fail(Kind.LOST, how + (heard ? " in the head of the answer" : " without an answer"));
    }
  }

  @Override
  public void onWriteFailure(IOException failure) {
    // the peer may have answered before it closed: reading will show that
  }

  @Override
  public void onStop() {
    fail(Kind.STOPPED, String.valueOf(owner.loop().stopped().getMessage()));
  }
}
