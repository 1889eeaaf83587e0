package io.github.webpubsubtestkit.internal.gateway;

import io.github.webpubsubtestkit.internal.hub.Pending;
import io.github.webpubsubtestkit.internal.time.Timers;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The open sockets of one service, the pings that keep them alive, and the barrier over them: a
 * ping to each, whose pong proves that the client has read everything sent before, and that
 * everything it sent before has arrived here.
 */
public final class Sessions {

  private final Duration keepAliveInterval;
  private final Timers timers;
  private final FaultySockets faults;
  private final Set<ClientSession> open = new LinkedHashSet<>(); // guarded by this
  private final Map<SocketAddress, ClientSession> byClient = new HashMap<>(); // guarded by this
  private final Map<ClientSession, KeepAlive> keptAlive = new HashMap<>(); // guarded by this
  private final Map<Long, Barrier> barriers = new HashMap<>(); // guarded by this
  private long nextNonce; // guarded by this
  private volatile @Nullable BiConsumer<SocketAddress, String> violations;

  /**
   * Creates an empty set of sessions.
   *
   * @param keepAliveInterval the interval of pings to each client; zero for none
   * @param timers the timers of the interval
   * @param held gets the messages that faults hold back
   */
  public Sessions(Duration keepAliveInterval, Timers timers, Pending held) {
    this.keepAliveInterval = keepAliveInterval;
    this.timers = timers;
    this.faults = new FaultySockets(timers, held);
  }

  /** What faults do to the sockets. */
  FaultySockets faults() {
    return faults;
  }

  /** Ends what faults do to the sockets: what is held back is sent, silence ends by a reset. */
  public void release() {
    List<ClientSession> all;
    synchronized (this) {
      all = List.copyOf(open);
    }
    all.forEach(ClientSession::release);
    faults.endSilence();
  }

  void add(ClientSession session) {
    KeepAlive pings =
        keepAliveInterval.isZero() ? null : new KeepAlive(timers, keepAliveInterval, session);
    synchronized (this) {
      open.add(session);
      byClient.put(session.clientAddress(), session);
      if (pings != null) {
        keptAlive.put(session, pings);
      }
    }
    if (pings != null) {
      pings.start();
    }
  }

  void remove(ClientSession session) {
    List<Barrier> waiting;
    KeepAlive pings;
    synchronized (this) {
      waiting = new ArrayList<>(barriers.values()); // first: it may fail, and is then repeated
      open.remove(session);
      byClient.remove(session.clientAddress(), session);
      pings = keptAlive.remove(session);
    }
    if (pings != null) {
      pings.stop();
    }
    waiting.forEach(barrier -> barrier.passed(session));
  }

  void violated(ClientSession session, int code, String detail) {
    BiConsumer<SocketAddress, String> told = violations;
    if (told != null) {
      told.accept(
          session.clientAddress(),
          "client "
              + session.label()
              + " violated the protocol, closed with "
              + code
              + ": "
              + detail);
    }
  }

  /**
   * Sets a listener for clients that are closed for violating the protocol.
   *
   * @param listener gets the client's address and a text; called on the loop, must not block
   */
  public void onViolation(BiConsumer<SocketAddress, String> listener) {
    violations = listener;
  }

  void ponged(ClientSession session, byte[] payload, boolean ignored) {
    Barrier barrier = null;
    KeepAlive pings;
    synchronized (this) {
      pings = ignored ? null : keptAlive.get(session);
      if (payload.length == Long.BYTES) {
        barrier = barriers.get(ByteBuffer.wrap(payload).getLong());
      }
    }
    if (pings != null) {
      pings.answered();
    }
    if (barrier != null) {
      barrier.passed(session);
    }
  }

  /** The connection of the client with this address, if it is open. */
  public Optional<String> connectionId(SocketAddress client) {
    return Optional.ofNullable(byClient(client)).map(ClientSession::connectionId);
  }

  /** Returns whether a fault keeps the service from reading what a client sends. */
  public boolean isUnheard(SocketAddress client) {
    ClientSession session = byClient(client);
    return session == null ? faults.isSilent(client) : !session.mayAnswer();
  }

  /** Returns whether a fault keeps the service from answering a client for longer than a time. */
  public boolean isHeldBack(SocketAddress client, Duration time) {
    ClientSession session = byClient(client);
    return session == null ? faults.isSilent(client) : session.isHeldBack(time);
  }

  private synchronized @Nullable ClientSession byClient(SocketAddress client) {
    return byClient.get(client);
  }

  /** Pings every open socket. */
  public Barrier ping() {
    Barrier barrier;
    List<ClientSession> all;
    synchronized (this) {
      all = open.stream().filter(ClientSession::mayAnswer).toList();
      barrier = new Barrier(this, nextNonce++, all);
      barriers.put(barrier.nonce, barrier);
    }
    byte[] payload = ByteBuffer.allocate(Long.BYTES).putLong(barrier.nonce).array();
    all.forEach(session -> session.ping(payload));
    return barrier;
  }

  private synchronized void forget(Barrier barrier) {
    barriers.remove(barrier.nonce);
  }

  /** The pending pongs. */
  public static final class Barrier implements AutoCloseable {

    private final Sessions sessions;
    private final long nonce;
    private final Set<ClientSession> missing; // guarded by this

    private Barrier(Sessions sessions, long nonce, List<ClientSession> missing) {
      this.sessions = sessions;
      this.nonce = nonce;
      this.missing = new LinkedHashSet<>(missing);
    }

    private synchronized void passed(ClientSession session) {
      missing.remove(session);
      if (missing.isEmpty()) {
        notifyAll();
      }
    }

    /**
     * Waits until every socket has answered or ended.
     *
     * @param deadline in the time of {@link System#nanoTime()}
     * @return those that did not, and why
     */
    public synchronized List<String> await(long deadline) throws InterruptedException {
      for (long left = deadline - System.nanoTime();
          !missing.isEmpty() && left > 0;
          left = deadline - System.nanoTime()) {
        wait(left / 1_000_000, (int) (left % 1_000_000));
      }
      return missing.stream()
          .map(
              each ->
                  each.label()
                      + (each.isHeldBack(Duration.ZERO)
                          ? ": a fault holds back what is sent to it"
                          : ": the client does not read its socket"))
          .toList();
    }

    /** Expects no more pongs. */
    @Override
    public void close() {
      sessions.forget(this);
    }
  }
}
