package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.internal.hub.Connection;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A fault of the pings by which the service sees that a client is there; made by {@link
 * Faults#keepAlive}. The service sends them at the interval {@code keepAliveInterval}, by the time
 * of the fake, which {@link TestClock} moves.
 *
 * <pre>{@code
 * service.faults().keepAlive(ofUser("alice")).losePings().always();
 * service.faults().keepAlive(ofUser("alice")).losePongs();
 * }</pre>
 *
 * @since 0.1
 */
public final class KeepAliveFault extends Fault<KeepAliveFault> {

  /** What gets lost. */
  enum Lost {
    PING,
    PONG
  }

  private final ClientPattern clients;
  private @Nullable Lost lost; // guarded by orders

  KeepAliveFault(FaultOrder orders, ClientPattern clients) {
    super(orders);
    this.clients = clients;
  }

  /**
   * Does not send the next ping, or the next {@link #times}. The service expects no answer then; a
   * client that counts on pings should give the connection up.
   *
   * <pre>{@code
   * service.faults().keepAlive(ofUser("alice")).losePings().always();
   * service.clock().advanceBy(ofMinutes(5));
   * assertThat(service).receivesRequest(recover());   // passes if the client wants pings
   * }</pre>
   *
   * @return this fault
   * @throws IllegalStateException if this fault says something else already
   * @since 0.1
   */
  public KeepAliveFault losePings() {
    return lose(Lost.PING);
  }

  /**
   * Ignores the next answer to a ping, or the next {@link #times}: the service gives the client up
   * when the next ping is due, and resets its connection (client-protocols I.3).
   *
   * <pre>{@code
   * service.faults().keepAlive(ofUser("alice")).losePongs();
   * service.clock().advanceBy(ofSeconds(40));         // with a keepAliveInterval of 20 s
   * assertThat(alice).isClosed().wasDropped();       // passes
   * assertThat(bob).isClosed().wasDropped();         // fails
   * }</pre>
   *
   * @return this fault
   * @throws IllegalStateException if this fault says something else already
   * @since 0.1
   */
  public KeepAliveFault losePongs() {
    return lose(Lost.PONG);
  }

  private KeepAliveFault lose(Lost what) {
    return change(
        () -> {
          if (lost != null && lost != what) {
            throw contradiction("a fault is of pings or of pongs: ");
          }
          lost = what;
        });
  }

  // ---- called with the lock

  boolean isFor(Lost what, String hub, Connection connection) {
    return lost == what
        && clients.matches(hub, connection.userId(), connection.id(), connection::isInGroup);
  }

  @Override
  boolean isComplete() {
    return lost != null;
  }

  @Override
  String order() {
    return describe() + " for " + choice();
  }

  @Override
  String effect() {
    return describe() + (lost == Lost.PING ? " to " : " of ") + choice();
  }

  private String describe() {
    return lost == Lost.PING ? "lost ping" : "ignored pong";
  }

  @Override
  Optional<String> nearest(Seen seen, Duration since) {
    return seen.nearestClient(
        clients, each -> lost == Lost.PING ? "no ping was due for it" : "no pong came from it");
  }

  @Override
  String choice() {
    return "the client" + clients.suffix();
  }

  @Override
  String effects() {
    return "losePings() or losePongs()";
  }
}
