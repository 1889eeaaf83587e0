package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;

/**
 * Orders faults of a fake, so that a test sees how the application reacts. Each is a sentence: the
 * moment, who is concerned, and what goes wrong.
 *
 * <pre>{@code
 * service.faults().request(sendToAll()).answer(503).times(2);
 * service.faults().handshake(recover().fromUser("alice")).answer(502).times(2);
 * service.faults().ack(sendToGroup("room").fromUser("alice")).lose();
 * service.faults().message(toUser("alice")).delay(ofSeconds(5));
 * service.faults().connection(ofUser("alice")).silence();
 * service.faults().keepAlive(ofUser("alice")).losePongs();
 * service.faults().event("order").drop();
 * }</pre>
 *
 * <p>Faults act on the sockets of the fake, so on all clients: those of the test, and those that
 * the application opened with any library. Time is that of the fake, which {@link TestClock} moves.
 *
 * <p>A fault that nothing meets, or that was begun and not finished, fails the test:
 * {@code @WebPubSubTest} and {@code WebPubSubExtension} check that for services that belong to one
 * test, and {@link FakeWebPubSub#assertNoFailures()} for all others. The failure says what came
 * nearest, if the fake knows. {@link Fault#lenient()} makes an exception.
 *
 * <p>If several of a moment are for the same request, ack, message, ping or event, it meets the one
 * that was ordered first. A connection meets all that are for it, one after the other, until it
 * cannot be reached any more: once it is silent, or a fault has ended it, neither the connection
 * nor what is sent to it meets another fault, until the client has recovered it. A fault that was
 * met is a line of the timeline, and a request is in {@link FakeWebPubSub#requests()} with an
 * outcome like {@code 503 fault}. One that was ordered and not met is shown at the end of {@link
 * FakeWebPubSub#timeline()}.
 *
 * <p>May be used from any thread. Once the fake is closed, each method that begins a fault throws
 * an {@link IllegalStateException}.
 *
 * @since 0.1
 */
public final class Faults {

  private final FaultOrders orders;

  /** The faults of one fake. */
  Faults(FaultOrders orders) {
    this.orders = orders;
  }

  /**
   * Begins a fault of REST requests.
   *
   * <p>A fault stands between the checks and the action: it is met by requests that the service
   * would look into. What is refused anyway, for its token, its parameters or its body, is refused
   * as always and uses up no fault: a test with a wrong access key fails with 401, not with the
   * fault. What is only found out then, as that a user has no connection, comes behind the fault.
   *
   * @param pattern which requests; nothing is to be said of their outcome. Requests of connected
   *     clients meet no fault, nor does what the test itself sends, as by {@code
   *     service.sendToAll(..)}
   * @return the fault; nothing is ordered before it is told what goes wrong
   * @throws IllegalArgumentException if no REST request can match the pattern, because it is one of
   *     clients, of handshakes or of outcomes, or contradicts itself; the message says what to do
   * @since 0.1
   */
  public RequestFault request(RequestPattern pattern) {
    notNull(pattern, "request", "pattern");
    FaultPatterns.checkRequest(pattern);
    return orders.begin(new RequestFault(orders, pattern.writtenBy(orders.mapping())));
  }

  /**
   * Begins a fault of the handshakes of clients, for tests of clients that connect again: those
   * that the application has, and those of the test.
   *
   * <p>Here, too, a fault is met only by what the service would accept: a handshake with a bad
   * token is answered 401 as always, and a recovery that is impossible is closed with 1008. It
   * stands before the {@code connect} event, so the application is not asked.
   *
   * <pre>{@code
   * service.faults().handshake(recover().fromUser("alice")).answer(502).times(2);
   * alice.dropConnection();
   * alice.recover();                                  // is refused with 502
   * }</pre>
   *
   * @param pattern {@link RequestPattern#connect()}, {@link RequestPattern#recover()} or {@link
   *     RequestPattern#anyHandshake()}, perhaps {@link RequestPattern#fromUser} and {@link
   *     RequestPattern#inHub}
   * @return the fault; nothing is ordered before it is told what goes wrong
   * @throws IllegalArgumentException if no handshake can match the pattern; the message says what
   *     to do
   * @since 0.1
   */
  public HandshakeFault handshake(RequestPattern pattern) {
    notNull(pattern, "handshake", "pattern");
    FaultPatterns.checkHandshake(pattern);
    return orders.begin(new HandshakeFault(orders, pattern.writtenBy(orders.mapping())));
  }

  /**
   * Begins a fault of the acks that connected clients wait for.
   *
   * <pre>{@code
   * service.faults().ack(sendToGroup("room").fromUser("alice")).lose();
   * service.faults().ack(anyRequest().fromUser("alice")).repeat().always();
   * }</pre>
   *
   * @param pattern which requests of clients; unless it says the outcome, as by {@link
   *     RequestPattern#withOutcome}, acks of success are meant
   * @return the fault; nothing is ordered before it is told what goes wrong
   * @throws IllegalArgumentException if no request of a client can match the pattern; the message
   *     says what to do
   * @since 0.1
   */
  public AckFault ack(RequestPattern pattern) {
    notNull(pattern, "ack", "pattern");
    FaultPatterns.checkAck(pattern);
    return orders.begin(new AckFault(orders, pattern.writtenBy(orders.mapping())));
  }

  /**
   * Begins a fault of messages on their way to clients.
   *
   * <pre>{@code
   * service.faults().message(toUser("alice")).lose();
   * service.faults().message(toAnyone().fromGroup("room").withText("hi")).repeat();
   * }</pre>
   *
   * @param pattern which messages, to which clients
   * @return the fault; nothing is ordered before it is told what goes wrong
   * @since 0.1
   */
  public MessageFault message(MessagePattern pattern) {
    notNull(pattern, "message", "pattern");
    return orders.begin(new MessageFault(orders, pattern.writtenBy(orders.mapping())));
  }

  /**
   * Begins a fault of the connections of clients: of those that are open, or will be.
   *
   * <pre>{@code
   * service.faults().connection(ofUser("alice")).reset();
   * service.faults().connection(ofUser("alice")).after(text("bye")).close(1012);
   * }</pre>
   *
   * @param pattern which clients
   * @return the fault; nothing is ordered before it is told what goes wrong
   * @since 0.1
   */
  public ConnectionFault connection(ClientPattern pattern) {
    notNull(pattern, "connection", "pattern");
    return orders.begin(new ConnectionFault(orders, pattern));
  }

  /**
   * Begins a fault of the pings by which the service sees that a client is there.
   *
   * <pre>{@code
   * service.faults().keepAlive(ofUser("alice")).losePings().always();
   * service.faults().keepAlive(ofAnyone()).losePongs();
   * }</pre>
   *
   * @param pattern which clients
   * @return the fault; nothing is ordered before it is told what goes wrong
   * @throws IllegalStateException if the fake sends no pings, because its {@code keepAliveInterval}
   *     is zero, which is the default
   * @since 0.1
   */
  public KeepAliveFault keepAlive(ClientPattern pattern) {
    notNull(pattern, "keepAlive", "pattern");
    orders.checkPings();
    return orders.begin(new KeepAliveFault(orders, pattern));
  }

  /**
   * Begins a fault of an event on its way to the application's event handler, whichever client
   * raised it.
   *
   * <pre>{@code
   * service.faults().event("order").answer(500).times(4);   // the service tries four times
   * service.faults().event("disconnected").drop();
   * }</pre>
   *
   * @param event the name of a user event, or {@code connect}, {@code connected} or {@code
   *     disconnected}
   * @return the fault; nothing is ordered before it is told what goes wrong
   * @throws IllegalArgumentException if the name is empty
   * @since 0.1
   */
  public EventFault event(String event) {
    notNull(event, "event", "event");
    return event(event, ClientPattern.ofAnyone());
  }

  /**
   * Begins a fault of an event of some clients on its way to the application's event handler.
   *
   * <pre>{@code
   * service.faults().event("order", ofUser("alice")).delay(ofSeconds(10));
   * }</pre>
   *
   * @param event the name of a user event, or {@code connect}, {@code connected} or {@code
   *     disconnected}
   * @param pattern which clients raise it; not by their group
   * @return the fault; nothing is ordered before it is told what goes wrong
   * @throws IllegalArgumentException if the name is empty, or the pattern has a group
   * @since 0.1
   */
  public EventFault event(String event, ClientPattern pattern) {
    notNull(event, "event", "event");
    notNull(pattern, "event", "pattern");
    Checked.notEmpty(event, "event");
    if (pattern.namesGroup()) {
      throw new IllegalArgumentException(
          "an event is none of a group: choose its clients by user, connection or hub instead of "
              + pattern);
    }
    return orders.begin(new EventFault(orders, event, pattern));
  }

  /**
   * Takes back all faults that were not met, for example between the tests that share a fake. A
   * fault that was taken back cannot be changed any more: order a new one.
   *
   * <p>What faults hold back is released: a delayed request, message or ack gets now what would
   * come after the delay; the connection of a request that hangs and one in silence are reset;
   * limits and stopped reading end.
   *
   * @since 0.1
   */
  public void clear() {
    orders.clear();
  }
}
