package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;

import io.github.webpubsubtestkit.client.Content;
import io.github.webpubsubtestkit.internal.hub.Connection;
import io.github.webpubsubtestkit.internal.hub.ConnectionEffect;
import io.github.webpubsubtestkit.internal.secrets.Secrets;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage.Data;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A fault of the connections of clients; made by {@link Faults#connection}. A connection that is
 * open meets it at once, the oldest first; otherwise, or beyond {@link #times}, those that are
 * opened or recovered later meet it, each once; one that is reset then may not even see the answer
 * to its handshake. With {@link #afterMessages}, {@link #before} or {@link #after}, which come
 * before the effect, it waits for messages to the client.
 *
 * <p>A connection meets several faults in the order in which they were ordered, for example {@link
 * #limit} and then {@link #reset}. Once it is silent or a fault has ended it, it meets no more of
 * them: one that is left over fails the test, as nothing would show its effect.
 *
 * <pre>{@code
 * service.faults().connection(ofUser("alice")).reset();
 * service.faults().connection(ofUser("alice")).afterMessages(3).close(1012);
 * service.faults().connection(ofUser("alice")).before(text("last")).silence();
 * service.faults().connection(ofAnyone()).disconnect("Service reload").times(2);
 * service.faults().connection(ofUser("alice")).reset().always();     // a partial outage
 * }</pre>
 *
 * @since 0.1
 */
public final class ConnectionFault extends Fault<ConnectionFault> {

  private final ClientPattern clients;
  private Trigger trigger = Trigger.AT_ONCE; // this and the rest: guarded by orders
  private final ChosenEffect<ConnectionEffect> chosen = new ChosenEffect<>();
  private final Set<Object> metBy = Collections.newSetFromMap(new WeakHashMap<>(2));

  ConnectionFault(FaultOrder orders, ClientPattern clients) {
    super(orders);
    this.clients = clients;
  }

  /**
   * Waits until a client has been sent this many messages since the fault was ordered; acks and the
   * like do not count.
   *
   * <pre>{@code
   * service.faults().connection(ofUser("alice")).afterMessages(2).reset();
   * service.sendToUser("alice", "1");
   * service.sendToUser("alice", "2");
   * assertThat(alice).isClosed().wasDropped();       // passes; after "1" alone it fails
   * }</pre>
   *
   * @param messages at least 1
   * @return this fault
   * @throws IllegalArgumentException if {@code messages} is less than 1
   * @throws IllegalStateException if the effect was said already, or another moment
   * @since 0.1
   */
  public ConnectionFault afterMessages(int messages) {
    Effects.checkAtLeastOne(messages, "messages");
    return when(Trigger.afterMessages(messages));
  }

  /**
   * Waits for a message with this content to a client, and comes before it: over a connection that
   * is no more it is not sent, and a reliable client gets it by its recovery.
   *
   * <pre>{@code
   * service.faults().connection(ofUser("alice")).before(text("2")).reset();
   * service.sendToUser("alice", "1");
   * service.sendToUser("alice", "2");
   * assertThat(alice).receivesText("1");              // passes
   * assertThat(alice).receivesText("2");              // fails, unless it recovers
   * }</pre>
   *
   * @param message the content of the message
   * @return this fault
   * @throws IllegalStateException if the effect was said already, or another moment
   * @since 0.1
   */
  public ConnectionFault before(Content message) {
    notNull(message, "before", "message");
    return when(Trigger.of(message, false, orders().mapping()));
  }

  /**
   * Waits for a message with this content to a client, and comes behind it, also if the message
   * itself is delayed.
   *
   * <p>A client that is reset may lose what it has received but not read yet, as in any network. If
   * the message has to be read, {@link #close(int)} the connection.
   *
   * <pre>{@code
   * service.faults().connection(ofUser("alice")).after(text("bye")).close(1000);
   * service.sendToUser("alice", "bye");
   * assertThat(alice).receivesText("bye");            // passes
   * assertThat(alice).isConnected();                  // fails
   * }</pre>
   *
   * @param message the content of the message
   * @return this fault
   * @throws IllegalStateException if the effect was said already, or another moment
   * @since 0.1
   */
  public ConnectionFault after(Content message) {
    notNull(message, "after", "message");
    return when(Trigger.of(message, true, orders().mapping()));
  }

  private ConnectionFault when(Trigger moment) {
    return change(
        () -> {
          if (chosen.isChosen() || trigger != Trigger.AT_ONCE) {
            throw contradiction("the moment comes once, and before the effect: ");
          }
          trigger = moment;
        });
  }

  /**
   * Resets the TCP connection, without a close frame. A reliable client may recover
   * (client-protocols F.3).
   *
   * <pre>{@code
   * service.faults().connection(ofUser("alice")).reset();
   * assertThat(service).receivesRequest(recover().fromUser("alice"));   // passes if it does
   * assertThat(alice).isConnected();                                    // fails
   * }</pre>
   *
   * @return this fault
   * @throws IllegalStateException if this fault says something else already
   * @since 0.1
   */
  public ConnectionFault reset() {
    return to(ConnectionEffect.RESET, "reset", " of ");
  }

  /**
   * Lets the network go silent: nothing arrives any more either way, and neither side is told, not
   * even of the other's end. The service goes on as if the client were there, until its keep-alive
   * or the limits of its queue give it up; the client has to notice by itself. Other faults of this
   * connection are not met from now on, and the timeline has what it is sent as {@code lost in
   * silence}.
   *
   * <p>{@link Faults#clear()}, {@link FakeWebPubSub#reset()} and the end of the fake end the
   * silence: then the connection is reset. {@link FakeWebPubSub#awaitIdle()} does not wait for the
   * client, and {@code close()} of a client of the kit resets its connection at once.
   *
   * <pre>{@code
   * service.faults().connection(ofUser("alice")).silence();
   * service.sendToUser("alice", "hi");
   * assertThat(alice).isConnected();                  // passes
   * assertThat(alice).receivesNoMessage();            // passes
   * assertThat(alice).receivesText("hi");             // fails
   * }</pre>
   *
   * @return this fault
   * @throws IllegalStateException if this fault says something else already
   * @since 0.1
   */
  public ConnectionFault silence() {
    return to(ConnectionEffect.SILENCE, "silence", " on ");
  }

  /**
   * Closes the connection with this code and no reason; see {@link #close(int, String)}.
   *
   * @param code 1000 to 4999, but not 1006 or 1015
   * @return this fault
   * @throws IllegalArgumentException if no close frame can have the code
   * @throws IllegalStateException if this fault says something else already
   * @since 0.1
   */
  public ConnectionFault close(int code) {
    return close(code, "");
  }

  /**
   * Closes the connection with this code and reason. After 1000, 1002, 1003, 1007, 1008, 1009 and
   * 1011 it has ended, after others a reliable one can be recovered (client-protocols I.3).
   *
   * <pre>{@code
   * service.faults().connection(ofUser("alice")).close(1012, "restart");
   * assertThat(alice).isClosed().hasCode(1012).hasReason("restart");      // passes
   * assertThat(alice).isConnected();                                        // fails
   * }</pre>
   *
   * @param code 1000 to 4999, but not 1006 or 1015
   * @param reason at most 123 bytes of UTF-8
   * @return this fault
   * @throws IllegalArgumentException if no close frame can have these
   * @throws IllegalStateException if this fault says something else already
   * @since 0.1
   */
  public ConnectionFault close(int code, String reason) {
    notNull(reason, "close", "reason");
    Effects.checkClose(code, reason);
    String text = reason.isEmpty() ? "" : " " + RequestText.quote(reason);
    return to(ConnectionEffect.close(code, reason), "close with " + code + text, " of ");
  }

  /**
   * Sends {@code disconnected} with this reason and closes the connection with 1001, as the service
   * does before it is restarted. A reliable client may recover (client-protocols I.3).
   *
   * <pre>{@code
   * service.faults().connection(ofUser("alice")).disconnect("Service reload");
   * assertThat(service).receivesRequest(recover().fromUser("alice"));   // passes if it does
   * assertThat(alice).isConnected();                                    // fails
   * }</pre>
   *
   * @param reason the text of the message; a simple client gets none
   * @return this fault
   * @throws IllegalStateException if this fault says something else already
   * @since 0.1
   */
  public ConnectionFault disconnect(String reason) {
    notNull(reason, "disconnect", "reason");
    return to(
        ConnectionEffect.disconnect(reason), "disconnect " + RequestText.quote(reason), " of ");
  }

  /**
   * Sends the client at most this many bytes per second, by the time of the fake, which {@link
   * TestClock} moves. What waits longer counts for the limits of the service, {@code
   * maxQueuedMessages} and {@code maxQueuedBytes}: beyond them it ends the connection of a client
   * that is too slow. {@link Faults#clear()} lifts the limit.
   *
   * <pre>{@code
   * service.faults().connection(ofUser("alice")).limit(1_000);
   * service.sendToUser("alice", "x".repeat(10_000));
   * service.clock().advanceBy(ofSeconds(10));
   * assertThat(alice).receivesMessage();              // passes; before it fails
   * }</pre>
   *
   * @param bytesPerSecond at least 1
   * @return this fault
   * @throws IllegalArgumentException if {@code bytesPerSecond} is less than 1
   * @throws IllegalStateException if this fault says something else already
   * @since 0.1
   */
  public ConnectionFault limit(int bytesPerSecond) {
    Effects.checkAtLeastOne(bytesPerSecond, "bytesPerSecond");
    return to(
        ConnectionEffect.limit(bytesPerSecond),
        String.format(Locale.ROOT, "limit of %,d bytes/s", bytesPerSecond),
        " on ");
  }

  /**
   * Reads nothing more of what the client sends, so that it has to stop when the buffers of the
   * network are full; what the client is sent still arrives. {@link Faults#clear()} lets the
   * service read on. {@link FakeWebPubSub#awaitIdle()} does not wait for the client.
   *
   * <pre>{@code
   * service.faults().connection(ofUser("alice")).stopReading();
   * app.publish("room", "hi");
   * assertThat(bob).receivesText("hi");               // fails
   * service.faults().clear();
   * assertThat(bob).receivesText("hi");               // passes
   * }</pre>
   *
   * @return this fault
   * @throws IllegalStateException if this fault says something else already
   * @since 0.1
   */
  public ConnectionFault stopReading() {
    return to(ConnectionEffect.STOP_READING, "no more reading", " from ");
  }

  private ConnectionFault to(ConnectionEffect wanted, String words, String preposition) {
    return change(
        () -> {
          if (chosen.isChosen()) {
            throw contradiction("a connection has one fault, order another for the next: ");
          }
          chosen.choose(wanted, words, preposition);
        });
  }

  // ---- called with the lock

  boolean isFor(String hub, Connection connection) {
    return clients.matches(hub, connection.userId(), connection.id(), connection::isInGroup);
  }

  /** A socket has met it. */
  void metBy(Object socket) {
    metBy.add(socket);
  }

  /** Returns whether a socket meets it at once, for the first time. */
  boolean isFirstFor(Object socket) {
    return trigger == Trigger.AT_ONCE && !metBy.contains(socket);
  }

  /** Returns whether a message to a client triggers it, before the message or behind it. */
  boolean isTriggeredBy(String hub, Connection receiver, Data message, boolean behind) {
    return trigger.isBehind() == behind
        && chosen.isChosen()
        && isFor(hub, receiver)
        && trigger.on(receiver.id(), message.payload());
  }

  @Nullable ConnectionEffect connectionEffect() {
    return chosen.get();
  }

  @Override
  boolean lasts() {
    ConnectionEffect effect = chosen.get();
    return effect != null && !effect.isEnd();
  }

  @Override
  boolean isComplete() {
    return chosen.isChosen();
  }

  @Override
  String order() {
    return chosen.order(choice());
  }

  @Override
  String effect() {
    return chosen.describe(choice());
  }

  @Override
  Optional<String> nearest(Seen seen, Duration since) {
    return seen.nearestClient(
        clients,
        each ->
            trigger != Trigger.AT_ONCE
                ? "it was not sent what the fault waits for"
                : each.connection().detached()
                    ? "it has no socket until it recovers"
                    : clients.namesGroup()
                        ? "it joined the group later: a fault looks when it is ordered, and when a"
                            + " client connects or recovers"
                        : ANOTHER_MET);
  }

  @Override
  String choice() {
    return "the connection" + Secrets.mask(clients.suffix()) + trigger;
  }

  @Override
  String effects() {
    return "reset(), silence(), close(code), disconnect(reason), limit(bytesPerSecond) or"
        + " stopReading()";
  }
}
