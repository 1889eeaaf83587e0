package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;

import io.github.webpubsubtestkit.internal.hub.Deviation;
import io.github.webpubsubtestkit.internal.hub.Operation;
import io.github.webpubsubtestkit.internal.hub.RecordedOperation;
import io.github.webpubsubtestkit.internal.secrets.Secrets;
import io.github.webpubsubtestkit.internal.transport.HttpHead;
import java.time.Duration;
import java.util.Optional;

/**
 * A fault of the handshakes that a pattern describes; made by {@link Faults#handshake}. A handshake
 * is meant where {@link HttpFault} says request.
 *
 * <pre>{@code
 * service.faults().handshake(connect().fromUser("alice")).answer(503).times(2);
 * service.faults().handshake(connect()).withoutSubprotocol();
 * service.faults().handshake(connect()).closeAfterwards(1011);
 * service.faults().handshake(recover().fromUser("alice")).refuse();
 * }</pre>
 *
 * @since 0.1
 */
public final class HandshakeFault extends HttpFault<HandshakeFault> {

  private final RequestPattern pattern;
  private Deviation deviation = Deviation.NONE; // guarded by orders

  HandshakeFault(FaultOrder orders, RequestPattern pattern) {
    super(orders);
    this.pattern = pattern;
  }

  /**
   * Accepts the client with another subprotocol in the answer than it is served by. A client has to
   * fail the connection if it has not offered it (RFC 6455, section 4.1).
   *
   * <pre>{@code
   * service.faults().handshake(connect()).withSubprotocol("soap");
   * assertThatThrownBy(() -> app.connect());          // passes: its client offered JSON
   * }</pre>
   *
   * @param name the value of {@code Sec-WebSocket-Protocol}
   * @return this fault
   * @throws IllegalArgumentException if it is no token of HTTP
   * @throws IllegalStateException if this fault says something else already
   * @since 0.1
   */
  public HandshakeFault withSubprotocol(String name) {
    notNull(name, "withSubprotocol", "name");
    if (!HttpHead.isToken(name)) {
      throw new IllegalArgumentException("not a subprotocol: \"" + Secrets.mask(name) + "\"");
    }
    return accept(Deviation.withSubprotocol(name));
  }

  /**
   * Accepts the client without a subprotocol in the answer, though it is served by the one that it
   * offered, as a proxy does that removes the header. Clients that offer none do not meet it.
   *
   * <pre>{@code
   * service.faults().handshake(connect()).withoutSubprotocol();
   * assertThatThrownBy(() -> app.connect());          // passes, as browsers do
   * }</pre>
   *
   * @return this fault
   * @throws IllegalStateException if this fault says something else already
   * @since 0.1
   */
  public HandshakeFault withoutSubprotocol() {
    return accept(Deviation.WITHOUT_SUBPROTOCOL);
  }

  /**
   * Accepts the client and does not send {@code connected}: the WebSocket is open, the connection
   * exists, and its client is not told its id. Clients that offer no subprotocol of the service are
   * sent none in any case, so they do not meet it.
   *
   * <pre>{@code
   * service.faults().handshake(connect()).withoutConnected();
   * assertThatThrownBy(() -> app.connect());          // passes if it gives up after some time
   * }</pre>
   *
   * @return this fault
   * @throws IllegalArgumentException if the handshakes are recoveries, which bring no {@code
   *     connected}
   * @throws IllegalStateException if this fault says something else already
   * @since 0.1
   */
  public HandshakeFault withoutConnected() {
    if (isForRecoveries()) {
      throw new IllegalArgumentException(
          "a recovery brings no connected message in any case: use connect() with"
              + " withoutConnected()");
    }
    return accept(Deviation.WITHOUT_CONNECTED);
  }

  /**
   * Accepts the client and closes its connection at once, behind {@code connected} or the messages
   * of a recovery. {@link ConnectionFault#close(int)} says which connections can be recovered.
   *
   * <pre>{@code
   * service.faults().handshake(connect()).closeAfterwards(1011);
   * app.start();
   * assertThat(service).receivesRequest(connect());   // passes
   * assertThat(service).receivesRequest(connect());   // passes if it connects again
   * }</pre>
   *
   * @param code the code of the close frame: 1000 to 4999, but not 1006 or 1015
   * @return this fault
   * @throws IllegalArgumentException if no close frame can have the code
   * @throws IllegalStateException if this fault says something else already
   * @since 0.1
   */
  public HandshakeFault closeAfterwards(int code) {
    Effects.checkClose(code, "");
    return accept(Deviation.closeAfterwards(code));
  }

  /**
   * Refuses a recovery as the service does when it is too late: it answers 101 and closes with 1008
   * (client-protocols F.4). A client then has to open a new connection. Here the old one is still
   * there, and another recovery brings it back; it ends when its time is over, or by {@link
   * FakeWebPubSub#closeConnection}.
   *
   * <pre>{@code
   * service.faults().handshake(recover()).refuse();
   * alice.dropConnection();
   * assertThatThrownBy(alice::recover).isInstanceOf(RecoveryRefusedException.class);   // passes
   * service.faults().handshake(connect()).refuse();                                    // fails
   * }</pre>
   *
   * @return this fault
   * @throws IllegalArgumentException if the handshakes are not only recoveries
   * @throws IllegalStateException if this fault says something else already
   * @since 0.1
   */
  public HandshakeFault refuse() {
    checkForRecoveries("refuse()", "answer(status) refuses a new client");
    return accept(Deviation.REFUSED);
  }

  /**
   * Lets the replay of a recovery leave out its first messages. They are kept, as the client has
   * not acknowledged them, so another recovery brings them.
   *
   * <pre>{@code
   * service.faults().handshake(recover()).withGap(1);
   * alice.dropConnection();
   * service.sendToAll("1");
   * service.sendToAll("2");
   * alice.recover();
   * assertThat(alice).receivesText("2");              // passes
   * assertThat(alice).receivesText("1");              // fails
   * }</pre>
   *
   * @param messages the number of messages, at least 1; if there are fewer, all are left out
   * @return this fault
   * @throws IllegalArgumentException if {@code messages} is less than 1, or the handshakes are not
   *     only recoveries
   * @throws IllegalStateException if this fault says something else already
   * @since 0.1
   */
  public HandshakeFault withGap(int messages) {
    checkForRecoveries("withGap(..)", "only they replay messages");
    Effects.checkAtLeastOne(messages, "messages");
    return accept(Deviation.gap(messages));
  }

  private void checkForRecoveries(String method, String why) {
    if (!isForRecoveries()) {
      throw new IllegalArgumentException(
          method + " is for recoveries, but " + pattern + " is not: " + why + ". Use recover()");
    }
  }

  private boolean isForRecoveries() {
    return pattern.isForRecoveries();
  }

  private HandshakeFault accept(Deviation how) {
    return endBy(End.CARRIED_OUT, "is not accepted otherwise: ", () -> deviation = how);
  }

  @Override
  Deviation deviates() {
    return deviation;
  }

  @Override
  String deviation() {
    return deviation.toString();
  }

  @Override
  boolean isFor(RecordedOperation operation) {
    return pattern.matches(operation) && deviation.concerns(operation);
  }

  @Override
  Optional<String> nearest(Seen seen, Duration since) {
    return seen.nearest(
        since,
        pattern::misses,
        each ->
            each.isHandshake()
                && (pattern.hasInCommonWith(each)
                    || each.operation() == Operation.REJECTED_HANDSHAKE),
        each -> ANOTHER_MET);
  }

  @Override
  String choice() {
    return pattern.toString();
  }

  @Override
  String effects() {
    return "answer(status), delay(time), drop(), hang(), refuse() or another";
  }
}
