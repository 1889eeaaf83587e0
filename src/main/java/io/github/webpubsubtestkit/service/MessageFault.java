package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;

import io.github.webpubsubtestkit.internal.expect.Times;
import io.github.webpubsubtestkit.internal.hub.Connection;
import io.github.webpubsubtestkit.internal.hub.FrameEffect;
import io.github.webpubsubtestkit.internal.hub.RecordedOperation;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage.Data;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A fault of messages on their way to a client; made by {@link Faults#message}. A message that goes
 * to several clients meets it once for each of them, and the others get theirs as usual.
 *
 * <p>What a client is sent stays in order. A reliable connection keeps a message until its client
 * has acknowledged it (client-protocols F.2), whatever became of its frame: a recovery brings it
 * again, and no replayed message meets a fault.
 *
 * <pre>{@code
 * service.faults().message(toUser("alice")).lose().times(2);
 * service.faults().message(toUser("alice").withText("last")).delay(ofSeconds(5));
 * service.faults().message(toAnyone().fromGroup("room")).repeat();
 * service.faults().message(toUser("alice")).malformed();
 * }</pre>
 *
 * @since 0.1
 */
public final class MessageFault extends Fault<MessageFault> {

  private static final int MAX_BYTES = 64 * 1024 * 1024;
  private static final int MAX_SKIPPED = 10_000;

  private final MessagePattern pattern;
  private final ChosenEffect<FrameEffect> chosen = new ChosenEffect<>();

  MessageFault(FaultOrder orders, MessagePattern pattern) {
    super(orders);
    this.pattern = pattern;
  }

  /**
   * Does not send the message. On a reliable connection the next one has a {@code sequenceId} that
   * is higher by two, and a recovery brings the lost one, unless the client has acknowledged a
   * later one: that confirms all before it.
   *
   * <pre>{@code
   * service.faults().message(toUser("alice")).lose();
   * service.sendToUser("alice", "1");
   * service.sendToUser("alice", "2");
   * assertThat(alice).receivesText("2");              // passes
   * assertThat(alice).receivesText("1");              // fails, and the failure names the fault
   * }</pre>
   *
   * @return this fault
   * @throws IllegalStateException if this fault says something else already
   * @since 0.1
   */
  public MessageFault lose() {
    return to(FrameEffect.LOSE, "loss", " of ");
  }

  /**
   * Sends the message later, and behind it all that the connection is sent meanwhile, as its order
   * is kept; pings go ahead. The time is that of the fake, which {@link TestClock} moves.
   *
   * <pre>{@code
   * service.faults().message(toUser("alice")).delay(ofSeconds(5));
   * service.sendToUser("alice", "1");
   * service.sendToUser("alice", "2");
   * service.clock().advanceBy(ofSeconds(5));
   * assertThat(alice).receivesExactly("1", "2");        // passes; before it fails
   * }</pre>
   *
   * @param delay more than zero
   * @return this fault
   * @throws IllegalArgumentException if {@code delay} is zero or negative
   * @throws IllegalStateException if this fault says something else already
   * @since 0.1
   */
  public MessageFault delay(Duration delay) {
    notNull(delay, "delay", "delay");
    Effects.checkPositive(delay, "delay");
    return to(
        FrameEffect.delay(delay, "a " + choice()), "delay of " + Times.describe(delay), " before ");
  }

  /**
   * Sends the message twice, on a reliable connection with the same {@code sequenceId}.
   *
   * <pre>{@code
   * service.faults().message(toUser("alice")).repeat();
   * service.sendToUser("alice", "pay 10");
   * assertThat(app.payments()).hasSize(1);            // passes if the application is idempotent
   * }</pre>
   *
   * @return this fault
   * @throws IllegalStateException if this fault says something else already
   * @since 0.1
   */
  public MessageFault repeat() {
    return to(FrameEffect.REPEAT, "repetition", " of ");
  }

  /**
   * Leaves out some sequence ids before the message, as if others had been lost on the way, which
   * no recovery brings. Only messages to reliable connections meet it; others have no such id.
   *
   * <pre>{@code
   * service.faults().message(toUser("alice")).skipSequenceIds(3);
   * service.sendToUser("alice", "hi");                // with sequenceId 4 instead of 1
   * assertThat(alice).receivesText("hi");             // passes
   * }</pre>
   *
   * @param ids how many, 1 to 10,000
   * @return this fault
   * @throws IllegalArgumentException if {@code ids} is out of that range
   * @throws IllegalStateException if this fault says something else already
   * @since 0.1
   */
  public MessageFault skipSequenceIds(int ids) {
    Effects.checkRange(ids, 1, MAX_SKIPPED, "ids");
    return to(
        FrameEffect.skipSequenceIds(ids),
        "gap of " + ids + (ids == 1 ? " sequence id" : " sequence ids"),
        " before ");
  }

  /**
   * Sends the first half of the message's frame and ends the connection, as when a service dies.
   *
   * <pre>{@code
   * service.faults().message(toUser("alice")).cutOff();
   * service.sendToUser("alice", "hi");
   * assertThat(service).receivesRequest(recover());   // passes for a reliable client
   * }</pre>
   *
   * @return this fault
   * @throws IllegalStateException if this fault says something else already
   * @since 0.1
   */
  public MessageFault cutOff() {
    return to(FrameEffect.CUT_OFF, "connection cut off", " within ");
  }

  /**
   * Sends the message without its last byte, which is no JSON then, or no protobuf. Messages to
   * simple clients, which have no form, do not meet it. A client of the kit closes its connection
   * with 1002 and takes nothing that follows.
   *
   * <pre>{@code
   * service.faults().message(toUser("alice")).malformed();
   * service.sendToUser("alice", "1");
   * service.sendToUser("alice", "2");
   * assertThat(app.received()).contains("2");         // passes if it goes on behind "1"
   * }</pre>
   *
   * @return this fault
   * @throws IllegalStateException if this fault says something else already
   * @since 0.1
   */
  public MessageFault malformed() {
    return to(FrameEffect.MALFORMED, "malformed frame", " instead of ");
  }

  /**
   * Sends the message as one of a type that the client cannot know, as a later version of the
   * service might. Messages to simple clients, which have no type, do not meet it. A client of the
   * kit closes its connection with 1002 and takes nothing that follows.
   *
   * <pre>{@code
   * service.faults().message(toUser("alice")).unknownType();
   * service.sendToUser("alice", "1");
   * service.sendToUser("alice", "2");
   * assertThat(app.received()).contains("2");         // passes if it ignores the first
   * }</pre>
   *
   * @return this fault
   * @throws IllegalStateException if this fault says something else already
   * @since 0.1
   */
  public MessageFault unknownType() {
    return to(FrameEffect.UNKNOWN_TYPE, "frame of unknown type", " instead of ");
  }

  /**
   * Sends the message in the other kind of frame: a text message as a binary one, and a binary
   * message as a text one, which is then hardly valid UTF-8.
   *
   * <pre>{@code
   * service.faults().message(toUser("alice")).wrongEncoding();
   * service.sendToUser("alice", "1");
   * service.sendToUser("alice", "2");
   * assertThat(app.received()).contains("2");         // passes if it survives the first
   * }</pre>
   *
   * @return this fault
   * @throws IllegalStateException if this fault says something else already
   * @since 0.1
   */
  public MessageFault wrongEncoding() {
    return to(FrameEffect.WRONG_ENCODING, "wrong kind of frame", " for ");
  }

  /**
   * Sends the message in several frames of about the same size, cut anywhere, also within a
   * character. That is allowed: a client has to join them.
   *
   * <pre>{@code
   * service.faults().message(toUser("alice")).inFragments(3);
   * service.sendToUser("alice", "häppy");
   * assertThat(alice).receivesText("häppy");          // passes
   * }</pre>
   *
   * @param fragments at least 2; a message of fewer bytes has one for each
   * @return this fault
   * @throws IllegalArgumentException if {@code fragments} is less than 2
   * @throws IllegalStateException if this fault says something else already
   * @since 0.1
   */
  public MessageFault inFragments(int fragments) {
    Effects.checkRange(fragments, 2, Integer.MAX_VALUE, "fragments");
    return to(FrameEffect.inFragments(fragments), fragments + " fragments", " for ");
  }

  /**
   * Sets the bit of compressed frames, RSV1, though no compression was agreed on. A client has to
   * fail the connection (RFC 6455, section 5.2).
   *
   * <pre>{@code
   * service.faults().message(toUser("alice")).withCompressedBit();
   * service.sendToUser("alice", "hi");
   * assertThat(service).receivesRequest(recover());   // passes for a reliable client
   * }</pre>
   *
   * @return this fault
   * @throws IllegalStateException if this fault says something else already
   * @since 0.1
   */
  public MessageFault withCompressedBit() {
    return to(FrameEffect.COMPRESSED_BIT, "compressed bit", " in ");
  }

  /**
   * Makes the message as large as this: JSON and the text of simple clients get blanks at their
   * end, protobuf a field of no meaning, and the bytes of simple clients zeros.
   *
   * <pre>{@code
   * service.faults().message(toUser("alice")).oversize(128 * 1024);
   * service.sendToUser("alice", "hi");
   * assertThat(app.received()).contains("hi");        // fails if its client takes at most 64 KiB
   * }</pre>
   *
   * @param bytes the size of the message, 1 byte to 64 MiB; a larger one stays as it is
   * @return this fault
   * @throws IllegalArgumentException if {@code bytes} is out of that range
   * @throws IllegalStateException if this fault says something else already
   * @since 0.1
   */
  public MessageFault oversize(int bytes) {
    Effects.checkRange(bytes, 1, MAX_BYTES, "bytes");
    return to(
        FrameEffect.oversize(bytes),
        String.format(Locale.ROOT, "size of %,d bytes", bytes),
        " for ");
  }

  private MessageFault to(FrameEffect frame, String words, String preposition) {
    return change(
        () -> {
          if (chosen.isChosen()) {
            throw contradiction("a message has one fault, order another for the next: ");
          }
          chosen.choose(frame, words, preposition);
        });
  }

  // ---- called with the lock

  boolean isFor(String hub, Connection receiver, Data message) {
    FrameEffect known = chosen.get();
    return known != null
        && known.concerns(receiver.protocol())
        && pattern.matches(hub, receiver, message);
  }

  @Nullable FrameEffect frameEffect() {
    return chosen.get();
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
    return seen.nearest(
        since,
        pattern::misses,
        each -> each.operation().isSend(),
        each -> each.result().connections() == 0 ? "it reached nobody" : whyNot(seen, each));
  }

  /** Why a message did not meet it that reached somebody. */
  private String whyNot(Seen seen, RecordedOperation send) {
    FrameEffect effect = chosen.get();
    List<Seen.Client> receivers =
        seen.clients().stream().filter(each -> each.misses(pattern.receivers()).isEmpty()).toList();
    if (receivers.isEmpty()) {
      return "it did not reach such a client";
    }
    return effect != null
            && receivers.stream().noneMatch(each -> effect.concerns(each.connection().protocol()))
        ? "the fault cannot be done to "
            + receivers.get(0)
            + ", whose protocol is "
            + protocol(receivers.get(0))
        : seen.hasMetFault(send) ? ANOTHER_MET : "it did not go to such a client";
  }

  private static String protocol(Seen.Client client) {
    String name = client.connection().protocol().wireName();
    return name.isEmpty() ? "none (simple client)" : name;
  }

  @Override
  String choice() {
    return pattern.toString();
  }

  @Override
  String effects() {
    return "lose(), delay(time), repeat(), cutOff() or another";
  }
}
