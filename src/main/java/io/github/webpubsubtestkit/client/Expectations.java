package io.github.webpubsubtestkit.client;

import io.github.webpubsubtestkit.internal.expect.Attempt;
import io.github.webpubsubtestkit.internal.expect.Barrier;
import io.github.webpubsubtestkit.internal.expect.FailureText;
import io.github.webpubsubtestkit.internal.expect.Interruption;
import io.github.webpubsubtestkit.internal.expect.NotIdleException;
import io.github.webpubsubtestkit.internal.expect.Timeout;
import io.github.webpubsubtestkit.internal.expect.Times;
import io.github.webpubsubtestkit.internal.expect.WaitTimes;
import io.github.webpubsubtestkit.internal.expect.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The waiting behind a client's assertions: each method returns the result or the failure's text.
 */
final class Expectations {

  /** The time without a message that is required where no barrier can report pending work. */
  static final Duration QUIET_PERIOD = Duration.ofMillis(500);

  private final ClientConnection connection;
  private final Inbox inbox;

  Expectations(ClientConnection connection) {
    this.connection = connection;
    this.inbox = connection.inbox();
  }

  /** Made on demand: most assertions pass. */
  private ClientReport report() {
    return new ClientReport(connection);
  }

  private MessageFailures failures() {
    return new MessageFailures(connection);
  }

  /** The result or the text of the failure; exactly one of them is present. */
  record Outcome<T>(@Nullable T value, @Nullable ClientFailure failure) {

    static <T> Outcome<T> of(T value) {
      return new Outcome<>(value, null);
    }

    static <T> Outcome<T> failed(ClientFailure failure) {
      return new Outcome<>(null, failure);
    }

    static <T> Outcome<T> failed(String text) {
      return failed(ClientFailure.of(text));
    }
  }

  /** How long assertions wait. */
  WaitTimes times() {
    return connection.context().times();
  }

  /**
   * The timeout of an assertion that names its own.
   *
   * @throws IllegalArgumentException if it is negative
   */
  Timeout timeout(Duration asked) {
    return times().of(asked);
  }

  /** Takes the first unread message that matches. */
  Outcome<ReceivedMessage> message(MessageCondition wanted, Timeout atMost) {
    Search search = new Search(wanted);
    Optional<Optional<ReceivedMessage>> found =
        await(atMost, search::look, () -> failures().notReceived(wanted, atMost, false).text());
    return found
        .flatMap(Function.identity())
        .map(Outcome::of)
        .orElseGet(() -> Outcome.failed(failures().notReceived(wanted, atMost, found.isPresent())));
  }

  /** Takes the next messages, which must be these; returns the failure's text, if any. */
  Optional<ClientFailure> exactly(List<MessageCondition> wanted, Timeout atMost) {
    Optional<Boolean> taken =
        await(
            atMost,
            () -> takeAll(wanted),
            () ->
                new SequenceFailure(connection, wanted, inbox.cursor()).next(atMost, false).text());
    if (taken.orElse(false)) {
      return Optional.empty();
    }
    boolean ended = inbox.ending().isPresent() && taken.isPresent();
    int from = inbox.cursor();
    boolean missing = inbox.unread(from).messages().size() < wanted.size();
    return Optional.of(
        new SequenceFailure(connection, wanted, from).next(atMost, ended && missing));
  }

  /**
   * Returns true if they were taken, false if they cannot be the next ones, empty if they may still
   * arrive.
   */
  private Optional<Boolean> takeAll(List<MessageCondition> wanted) {
    while (true) {
      Inbox.Batch batch = inbox.unread(0);
      List<ReceivedMessage> next = batch.messages();
      for (int i = 0; i < Math.min(next.size(), wanted.size()); i++) {
        if (!wanted.get(i).matches(next.get(i))) {
          return Optional.of(false);
        }
      }
      if (next.size() < wanted.size()) {
        return batch.ended() ? Optional.of(false) : Optional.empty();
      }
      if (inbox.take(batch.start(), wanted.size())) {
        return Optional.of(true);
      }
    }
  }

  /**
   * Takes messages of which each is one of these, in any order; others between them are skipped.
   */
  Optional<ClientFailure> inAnyOrder(List<MessageCondition> wanted, Timeout atMost) {
    AnyOrder search = new AnyOrder(wanted);
    Optional<Boolean> taken =
        await(atMost, search::look, () -> failures().notInAnyOrder(wanted, atMost, false).text());
    return taken.orElse(false)
        ? Optional.empty()
        : Optional.of(failures().notInAnyOrder(wanted, atMost, taken.isPresent()));
  }

  /** Takes the next messages, so many. */
  Outcome<List<ReceivedMessage>> messages(int number, Timeout atMost) {
    Optional<List<ReceivedMessage>> taken =
        await(
            atMost,
            () -> {
              Inbox.Batch batch = inbox.unread(0);
              if (batch.messages().size() >= number) {
                return inbox.take(batch.start(), number)
                    ? Optional.of(batch.messages().subList(0, number))
                    : Optional.empty();
              }
              return batch.ended() ? Optional.of(List.of()) : Optional.empty();
            },
            () -> failures().tooFew(number, atMost, false).text());
    return taken.isPresent() && taken.get().size() == number
        ? Outcome.of(taken.get())
        : Outcome.failed(failures().tooFew(number, atMost, taken.isPresent()));
  }

  /** Takes all messages up to the first that matches, which is the last of them. */
  Outcome<List<ReceivedMessage>> until(MessageCondition wanted, Timeout atMost) {
    List<ReceivedMessage> all = new ArrayList<>();
    Optional<Boolean> found =
        await(
            atMost,
            () -> {
              Inbox.Batch batch = inbox.unread(0);
              for (int i = 0; i < batch.messages().size(); i++) {
                if (wanted.matches(batch.messages().get(i))) {
                  if (!inbox.take(batch.start(), i + 1)) {
                    return Optional.empty();
                  }
                  all.addAll(batch.messages().subList(0, i + 1));
                  return Optional.of(true);
                }
              }
              return batch.ended() ? Optional.of(false) : Optional.empty();
            },
            () -> failures().notReceived(wanted, atMost, false).text());
    return found.orElse(false)
        ? Outcome.of(List.copyOf(all))
        : Outcome.failed(failures().notReceived(wanted, atMost, found.isPresent()));
  }

  /** Verifies that nothing is on its way to this client; returns the failure's text, if any. */
  Optional<String> noMessage(Timeout atMost) {
    connection.socket().checkMayWait("an assertion");
    Barrier barrier = connection.context().barrier();
    if (isUnread() || atMost.isZero()) {
      return unread(List.of());
    }
    if (barrier == null) {
      return noMessageWithin(QUIET_PERIOD, quietPeriodRemark());
    }
    long deadline = atMost.deadlineNanos();
    try {
      barrier.awaitIdle(atMost.time());
    } catch (NotIdleException e) {
      return isUnread() ? unread(List.of()) : Optional.of(notIdle(atMost, e.busy()));
    }
    if (connection.isUnheard()) {
      barrier.awaitTurn(); // no ping is answered, and nothing is on its way but what stands in TCP
      barrier.awaitTurn();
    } else if (connection.isConnected()
        && !connection.awaitPingConfirmed(connection.socket().ping(), deadline)
        && !isUnread()) {
      return Optional.of(notIdle(atMost, "the answer to a ping of client " + report().name()));
    }
    return unread(List.of());
  }

  static List<String> quietPeriodRemark() {
    return List.of(
        "this target cannot tell when nothing is under way; a quiet period of "
            + Times.describe(QUIET_PERIOD)
            + " had to do");
  }

  /** Verifies that no message arrives within a time; returns the failure's text, if any. */
  Optional<String> noMessageWithin(Duration quiet, List<String> remarks) {
    var unused = timeout(quiet); // refuses a negative one
    String headline =
        "expected no message" + (quiet.isZero() ? "" : " within " + Times.describe(quiet));
    checkMayWait(quiet);
    try {
      Waiting.forAssertion(
          inbox.changes(),
          quiet,
          () -> {
            Inbox.Batch batch = inbox.unread(0);
            return batch.ended() || !batch.messages().isEmpty()
                ? Optional.of(true)
                : Optional.empty();
          });
    } catch (Interruption e) {
      throw new InterruptedWaitException(e.in(everything(headline)));
    }
    return isUnread() ? Optional.of(failures().unexpected(headline, remarks)) : Optional.empty();
  }

  private Optional<String> unread(List<String> remarks) {
    return isUnread()
        ? Optional.of(failures().unexpected("expected no message", remarks))
        : Optional.empty();
  }

  private boolean isUnread() {
    return !inbox.unread(0).messages().isEmpty();
  }

  private String notIdle(Timeout atMost, String busy) {
    FailureText text =
        FailureText.of(
                report().name(),
                "expected no message, but whether one is on its way could not be told within "
                    + atMost)
            .fact("waited for", busy);
    return report().withState(text).text();
  }

  /** Takes the first untaken ack of an id. */
  Outcome<Ack> ack(long id, Timeout atMost) {
    return special(
        "an ack for id " + Long.toUnsignedString(id),
        () -> inbox.takeAck(id),
        () -> inbox.acks().stream().filter(each -> each.id() == id).count(),
        atMost);
  }

  /** Takes the first untaken pong; returns the failure's text, if any. */
  Optional<String> pong(Timeout atMost) {
    Outcome<Boolean> pong =
        special(
            "a pong",
            () -> inbox.takePong(0) ? Optional.of(true) : Optional.empty(),
            inbox::pongs,
            atMost);
    return Optional.ofNullable(pong.failure()).map(ClientFailure::text);
  }

  /** Waits for the end of the connection. */
  Outcome<CloseStatus> end(Timeout atMost) {
    Supplier<String> open =
        () ->
            everything(
                (atMost.isZero()
                        ? "expected a closed connection"
                        : "expected the connection to end within " + atMost)
                    + " but it is open");
    return await(atMost, inbox::ending, open)
        .map(ending -> Outcome.of(ending.status()))
        .orElseGet(() -> Outcome.failed(open.get()));
  }

  private <T> Outcome<T> special(
      String what, Supplier<Optional<T>> take, LongSupplier read, Timeout atMost) {
    Optional<Optional<T>> outcome =
        await(
            atMost,
            () -> {
              boolean ended = inbox.ending().isPresent(); // before the check: it may be the last
              Optional<T> taken = take.get();
              return taken.isPresent() || ended ? Optional.of(taken) : Optional.empty();
            },
            () -> none(what, read.getAsLong(), atMost, false));
    return outcome
        .flatMap(Function.identity())
        .map(Outcome::of)
        .orElseGet(() -> Outcome.failed(none(what, read.getAsLong(), atMost, outcome.isPresent())));
  }

  private String none(String what, long read, Timeout atMost, boolean ended) {
    return everything(
        "expected "
            + what
            + MessageFailures.time(atMost)
            + (ended ? " but the connection ended and none came" : " but none came")
            + (read == 0 ? "" : String.format(Locale.ROOT, " besides %,d already read", read)));
  }

  String everything(String headline) {
    return report().everything(FailureText.of(report().name(), headline)).text();
  }

  private <T> Optional<T> await(
      Timeout atMost, Supplier<Optional<T>> look, Supplier<String> report) {
    return await(atMost.time(), look, report);
  }

  private <T> Optional<T> await(
      Duration atMost, Supplier<Optional<T>> look, Supplier<String> report) {
    checkMayWait(atMost);
    return Waiting.forAssertion(
        inbox.changes(),
        atMost,
        look,
        new Attempt(connection.context().timeline(), report, InterruptedWaitException::new));
  }

  private void checkMayWait(Duration atMost) {
    if (!atMost.isZero()) {
      connection.socket().checkMayWait("an assertion");
    }
  }

  /** A search for messages in any order, which compares each with each condition only once. */
  private final class AnyOrder {
    private final List<MessageCondition> wanted;
    private Pairing pairing;
    private int start;

    AnyOrder(List<MessageCondition> wanted) {
      this.wanted = wanted;
      this.pairing = new Pairing(wanted);
    }

    /** Returns whether they were taken; empty if they may still arrive. */
    Optional<Boolean> look() {
      while (true) {
        Inbox.Batch batch = inbox.unread(0);
        if (batch.start() != start) { // another thread has read some
          start = batch.start();
          pairing = new Pairing(wanted);
        }
        pairing.add(batch.messages());
        if (!pairing.isComplete()) {
          return batch.ended() ? Optional.of(false) : Optional.empty();
        }
        if (inbox.take(start, pairing.last() + 1)) {
          return Optional.of(true);
        }
      }
    }
  }

  /** A search for the first matching message, which checks each message only once. */
  private final class Search {
    private final MessageCondition wanted;
    private int next;

    Search(MessageCondition wanted) {
      this.wanted = wanted;
    }

    /**
     * Returns the match; the inner value is empty if none can arrive any more, the outer if one may
     * still arrive.
     */
    Optional<Optional<ReceivedMessage>> look() {
      while (true) {
        Inbox.Batch batch = inbox.unread(next);
        next = batch.start();
        boolean lost = false;
        for (ReceivedMessage message : batch.messages()) {
          next++;
          if (wanted.matches(message)) {
            if (inbox.take(next - 1)) {
              return Optional.of(Optional.of(message));
            }
            lost = true; // another thread has read or skipped it: continue from there
            break;
          }
        }
        if (!lost) {
          return batch.ended() ? Optional.of(Optional.empty()) : Optional.empty();
        }
      }
    }
  }
}
