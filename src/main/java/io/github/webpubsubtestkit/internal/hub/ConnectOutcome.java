package io.github.webpubsubtestkit.internal.hub;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What came of asking the application whether a client may connect (event-handlers 5.3). */
public sealed interface ConnectOutcome {

  /** Calls the consumer for this kind. */
  void match(Consumer<Accepted> accepted, Consumer<Rejected> rejected);

  /**
   * It may.
   *
   * @param userId in place of the token's; null keeps that, empty means none
   * @param roles in place of the token's; null keeps those
   * @param groups in place of the token's, valid names; null keeps those
   * @param subprotocol one that the client has offered, in its spelling; null for the default
   *     choice
   */
  record Accepted(
      @Nullable String userId,
      @Nullable List<String> roles,
      @Nullable List<String> groups,
      @Nullable String subprotocol)
      implements ConnectOutcome {

    /** Everything stays as the token says. */
    public static final Accepted AS_THE_TOKEN_SAYS = new Accepted(null, null, null, null);

    @Override
    public void match(Consumer<Accepted> accepted, Consumer<Rejected> rejected) {
      accepted.accept(this);
    }
  }

  /**
   * It may not, or nobody knows.
   *
   * @param status what the client gets, 400 to 599
   * @param body what it is told, mostly nothing
   * @param contentType of the body; null if there is no body or no type
   * @param detail why, for the timeline
   */
  record Rejected(int status, byte[] body, @Nullable String contentType, String detail)
      implements ConnectOutcome {

    @Override
    public void match(Consumer<Accepted> accepted, Consumer<Rejected> rejected) {
      rejected.accept(this);
    }
  }
}
