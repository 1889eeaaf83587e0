package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;

import io.github.webpubsubtestkit.internal.expect.Times;
import io.github.webpubsubtestkit.internal.hub.FrameEffect;
import io.github.webpubsubtestkit.internal.hub.RecordedOperation;
import io.github.webpubsubtestkit.internal.secrets.Secrets;
import io.github.webpubsubtestkit.internal.wire.AckId;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A fault of the acks of the requests that a pattern describes; made by {@link Faults#ack}.
 * Requests without an ack id have no ack, so they do not meet it.
 *
 * <pre>{@code
 * service.faults().ack(sendToGroup("room").fromUser("alice")).lose();
 * service.faults().ack(anyRequest().fromUser("alice")).delay(ofSeconds(5)).times(2);
 * service.faults().ack(joinGroup("room")).fail("Forbidden");
 * }</pre>
 *
 * @since 0.1
 */
public final class AckFault extends Fault<AckFault> {

  private final RequestPattern pattern;
  private @Nullable FrameEffect effect; // this and the rest: guarded by orders
  private @Nullable AckId otherId;
  private @Nullable String error;
  private String does = "";

  AckFault(FaultOrder orders, RequestPattern pattern) {
    super(orders);
    this.pattern = pattern;
  }

  /**
   * Does not send the ack, though the request was carried out. A client that sends it again with
   * the same ack id is answered {@code Duplicate}, and nothing is done twice (client-protocols
   * E.5).
   *
   * <pre>{@code
   * service.faults().ack(sendToGroup("room").fromUser("alice")).lose();
   * app.publish("room", "hi");                        // sends it again after its time-out
   * assertThat(bob).receivesText("hi");               // passes
   * assertThat(bob).receivesExactly("hi", "hi");        // fails, unless it used another ack id
   * }</pre>
   *
   * @return this fault
   * @throws IllegalStateException if this fault says something else already
   * @since 0.1
   */
  public AckFault lose() {
    return to(FrameEffect.LOSE, "loss");
  }

  /**
   * Sends the ack later, and behind it all that the connection is sent meanwhile, as its order is
   * kept. The time is that of the fake, which {@link TestClock} moves.
   *
   * <pre>{@code
   * service.faults().ack(joinGroup("room").fromUser("alice")).delay(ofSeconds(30));
   * assertThatThrownBy(() -> alice.joinGroup("room"))
   *     .isInstanceOf(AckTimeoutException.class);     // passes
   * }</pre>
   *
   * @param delay more than zero
   * @return this fault
   * @throws IllegalArgumentException if {@code delay} is zero or negative
   * @throws IllegalStateException if this fault says something else already
   * @since 0.1
   */
  public AckFault delay(Duration delay) {
    notNull(delay, "delay", "delay");
    Effects.checkPositive(delay, "delay");
    return to(FrameEffect.delay(delay, choice()), "delay of " + Times.describe(delay));
  }

  /**
   * Sends the ack twice.
   *
   * <pre>{@code
   * service.faults().ack(anyRequest().fromUser("alice")).repeat();
   * app.publish("room", "hi");                        // passes if its client ignores the second
   * }</pre>
   *
   * @return this fault
   * @throws IllegalStateException if this fault says something else already
   * @since 0.1
   */
  public AckFault repeat() {
    return to(FrameEffect.REPEAT, "repetition");
  }

  /**
   * Refuses the request: it is not carried out, and its ack is negative, with this name. As after
   * any failure the ack id can be used again (client-protocols E.5).
   *
   * <pre>{@code
   * service.faults().ack(event("order").fromUser("alice")).fail("InternalServerError");
   * assertThatThrownBy(() -> alice.sendEvent("order", "42"))
   *     .hasMessageContaining("InternalServerError");                             // passes
   * assertThatThrownBy(() -> alice.sendEvent("order", "42"))
   *     .hasMessageContaining("InternalServerError");                             // fails: once
   * }</pre>
   *
   * @param name the name of the error; the service has {@code Forbidden}, {@code Duplicate}, {@code
   *     InternalServerError}, {@code BadRequest}, {@code NotFound} and {@code Timeout}
   * @return this fault
   * @throws IllegalArgumentException if the name is empty, or the pattern is of requests that the
   *     service refuses itself
   * @throws IllegalStateException if this fault says something else already
   * @since 0.1
   */
  public AckFault fail(String name) {
    notNull(name, "fail", "name");
    Checked.notEmpty(name, "name");
    FaultPatterns.checkFail(pattern);
    return change(
        () -> {
          checkNothingElse();
          error = name;
          does = Secrets.mask(name);
        });
  }

  /**
   * Sends the ack with the id of another request, so that none of the client's own is confirmed.
   *
   * <pre>{@code
   * service.faults().ack(joinGroup("room")).withAckId(4711);
   * assertThatThrownBy(() -> alice.joinGroup("room"))
   *     .isInstanceOf(AckTimeoutException.class);     // passes
   * }</pre>
   *
   * @param ackId the id, an unsigned number
   * @return this fault
   * @throws IllegalStateException if this fault says something else already
   * @since 0.1
   */
  public AckFault withAckId(long ackId) {
    AckId id = new AckId(ackId);
    return change(
        () -> {
          checkNothingElse();
          otherId = id;
          does = "ack id " + id;
        });
  }

  private AckFault to(FrameEffect frame, String words) {
    return change(
        () -> {
          checkNothingElse();
          effect = frame;
          does = words;
        });
  }

  private void checkNothingElse() {
    if (isComplete()) {
      throw contradiction("an ack has one fault, order another for the next: ");
    }
  }

  // ---- called with the lock

  boolean isFor(RecordedOperation operation) {
    return pattern.matches(operation);
  }

  /** The error by which a request is refused; null if it is carried out. */
  @Nullable String error() {
    return error;
  }

  /** What happens to the ack; null if it only has another id. */
  @Nullable FrameEffect frameEffect() {
    return effect;
  }

  @Nullable AckId otherId() {
    return otherId;
  }

  @Override
  boolean isComplete() {
    return !does.isEmpty();
  }

  @Override
  String order() {
    return does + " for " + choice();
  }

  @Override
  String effect() {
    return does + (error != null || otherId != null ? " in " : " of ") + choice();
  }

  @Override
  Optional<String> nearest(Seen seen, Duration since) {
    return seen.nearest(
        since,
        pattern::misses,
        each -> !each.isHandshake() && pattern.hasInCommonWith(each),
        each ->
            each.caller().isServer()
                ? "only what connected clients send has an ack"
                : !each.details().hasAckId()
                    ? "it had no ack id, so it has no ack"
                    : seen.hasMetFaultSince(each) ? ANOTHER_MET : "");
  }

  @Override
  String choice() {
    return "the ack of " + pattern;
  }

  @Override
  String effects() {
    return "lose(), delay(time), repeat(), fail(name) or withAckId(id)";
  }

  @Override
  String whatCame() {
    return "requests() has what came instead";
  }
}
