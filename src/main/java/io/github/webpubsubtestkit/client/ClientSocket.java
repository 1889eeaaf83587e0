package io.github.webpubsubtestkit.client;

import io.github.webpubsubtestkit.internal.expect.Interruption;
import io.github.webpubsubtestkit.internal.expect.Waiting;
import io.github.webpubsubtestkit.internal.timeline.Direction;
import io.github.webpubsubtestkit.internal.timeline.Kind;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import io.github.webpubsubtestkit.internal.transport.ConnectionEnd;
import io.github.webpubsubtestkit.internal.transport.EndCause;
import io.github.webpubsubtestkit.internal.transport.Frame;
import io.github.webpubsubtestkit.internal.transport.TransportLoop;
import io.github.webpubsubtestkit.internal.transport.WebSocketConnection;
import io.github.webpubsubtestkit.internal.transport.WebSocketHandler;
import io.github.webpubsubtestkit.internal.wire.MalformedMessageException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The socket of one client: sends frames, passes received ones to the inbox, and ends. */
final class ClientSocket implements WebSocketHandler, SequenceIds.Line {

  /** Reads one message of the service into the inbox; called on the loop. */
  interface Reader {
    void read(ClientSocket socket, boolean text, byte[] payload) throws MalformedMessageException;
  }

  private static final Duration AFTER_ABORT = Duration.ofSeconds(1);

  /** How often a client that is being closed looks whether the service can answer. */
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

  private final TransportLoop loop;
  private final Timeline timeline;
  private final boolean foreign;
  private final Inbox inbox;
  private final WebSocketConnection connection;
  private final Reader reader;
  private final Consumer<ClientSocket> onEnded;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong confirmed = new AtomicLong();
  private volatile String party;
  private volatile @Nullable String endedBy;
  private boolean refusing; // loop thread only: something invalid came, so nothing more is taken
  private boolean serving; // guarded by this
  private @Nullable Ending ending; // guarded by this

  /**
   * Creates a socket.
   *
   * @param serving true if its end is the end of the client's connection
   */
  ClientSocket(
      ClientContext context,
      Inbox inbox,
      WebSocketConnection connection,
      Reader reader,
      boolean serving) {
    this.loop = context.loop();
    this.timeline = context.timeline();
    this.foreign = context.isForeign();
    this.onEnded = context.onEnded();
    this.party = context.name();
    this.inbox = inbox;
    this.connection = connection;
    this.reader = reader;
    this.serving = serving;
  }

  /** The address of this client; null once the socket has ended. */
  @Nullable SocketAddress localAddress() {
    return connection.localAddress();
  }

  /** Sets the name of this client in the timeline. */
  void rename(String name) {
    party = name;
  }

  @Override
  public void send(boolean text, byte[] payload) {
    if (foreign) {
      record(Direction.IN, text, payload);
    }
    connection.send(Frame.of(text, payload));
    sent.incrementAndGet(); // after the frame is queued, so that a ping that counts it is queued
    // behind it
  }

  /** Returns whether a frame was sent that no pong has confirmed yet. */
  boolean hasUnconfirmed() {
    return sent.get() > confirmed.get();
  }

  /**
   * Sends a WebSocket ping. Once {@link Inbox#isPingConfirmed} is true for the returned nonce, the
   * service has read all earlier frames, and all frames it had queued before have been read here.
   */
  long ping() {
    long nonce = inbox.nextPing();
    connection.ping(ByteBuffer.allocate(16).putLong(nonce).putLong(sent.get()).array());
    return nonce;
  }

  /** Starts closing; does not wait. */
  void beginClose(int code, String reason, String by) {
    endedBy(by);
    boolean begun = false;
    try {
      connection.close(code, reason);
      begun = true;
    } finally {
      if (!begun) {
        connection.abort(); // otherwise it would never end: it is already closing
      }
    }
  }

  /** Resets the TCP connection; does not wait. */
  void drop(String by) {
    endedBy(by);
    try {
      timeline.record(party, Direction.NOTE, by + ": TCP reset"); // before the service notes it
    } finally {
      connection.abort();
    }
  }

  /**
   * Waits for the end; a connection that does not end in time is aborted. So is one whose closing
   * is interrupted, silently: closing the clients must continue when a test's time is up.
   *
   * @param hopeless says why the service does not answer the close frame; null if it may
   */
  void awaitEnd(long deadlineNanos, Supplier<@Nullable String> hopeless) {
    try {
      String why = hopeless.get();
      while (ending().isEmpty() && why == null && deadlineNanos > System.nanoTime()) {
        long next = Waiting.deadlineAfter(LOOK_AGAIN); // what it has sent may have met a fault
        Waiting.until(inbox.changes(), Math.min(next, deadlineNanos), this::ending);
        why = hopeless.get();
      }
      if (ending().isEmpty()) {
        timeline.record(
            party,
            Direction.NOTE,
            (why == null
                    ? "did not close in time"
                    : why + ", so the service does not answer the close frame")
                + ": TCP reset");
        connection.abort();
        Waiting.until(inbox.changes(), Waiting.deadlineAfter(AFTER_ABORT), this::ending);
      }
    } catch (Interruption e) {
      timeline.record(party, Direction.NOTE, "interrupted while closing: TCP reset");
      connection.abort();
    }
  }

  /** The end of this socket; empty while it is open. */
  synchronized Optional<Ending> ending() {
    return Optional.ofNullable(ending);
  }

  /** Makes the end of this socket, even an earlier one, the end of the client's connection. */
  void serve() {
    synchronized (this) {
      serving = true;
      if (ending != null) {
        inbox.ended(ending);
      }
    }
  }

  /** Separates the end of this socket from that of the client's connection. */
  synchronized void retire() {
    serving = false;
  }

  /** Returns whether this client has started to end the connection. */
  boolean isEnding() {
    return endedBy != null;
  }

  /** Throws on the loop's own thread, where waiting for the loop would never end. */
  void checkMayWait(String method) {
    if (loop.inLoop()) {
      throw new IllegalStateException(
          "["
              + party
              + "] "
              + method
              + " blocks and cannot be called in a callback of the fake: it waits for work on"
              + " the same thread. Call it in the test");
    }
  }

  /** Takes a message, unless an earlier one was invalid: what is behind that is not looked at. */
  @Override
  public void onMessage(boolean text, byte[] payload) {
    if (refusing) {
      return;
    }
    if (foreign) {
      record(Direction.OUT, text, payload);
    }
    try {
      reader.read(this, text, payload);
    } catch (MalformedMessageException e) {
      refusing = true;
      timeline.record(party, Direction.NOTE, "not a message of the service: " + e.getMessage());
      beginClose(
          1002, "", "this client because the service sent no valid message: " + e.getMessage());
    }
  }

  /** Notes why the transport closes the connection now. */
  @Override
  public void onViolation(int code, String detail) {
    timeline.record(party, Direction.NOTE, "not a frame of a WebSocket server: " + detail);
    endedBy("this client because the service sent an invalid frame: " + detail);
  }

  @Override
  public void onPong(byte[] payload) {
    if (payload.length == 16) {
      ByteBuffer pong = ByteBuffer.wrap(payload);
      long nonce = pong.getLong();
      long count = pong.getLong();
      confirmed.accumulateAndGet(count, Math::max);
      inbox.pingConfirmed(nonce);
    }
  }

  @Override
  public void onEnd(ConnectionEnd end) {
    if (end.cause() == EndCause.LOST && endedBy == null && end.failure() == null) {
      timeline.record(party, Direction.NOTE, "lost its socket: no close frame came");
    }
    Ending ended = new Ending(end, endedBy, timeline.now());
    synchronized (this) { // code that sees the socket's end also sees the client's
      ending = ended;
      if (serving) {
        inbox.ended(ended);
      }
    }
    inbox.changes().signal();
    onEnded.accept(this);
  }

  private void endedBy(String by) {
    if (endedBy == null) {
      endedBy = by;
    }
  }

  private void record(Direction direction, boolean text, byte[] payload) {
    timeline.record(Kind.MESSAGE, party, direction, text ? "text" : "binary", text, payload);
  }
}
