package io.github.webpubsubtestkit.internal.hub;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The application's decision on a client's connect event (event-handlers 5.3). */
public sealed interface ConnectOutcome {

  /** Calls the consumer for this kind. */
  void match(Consumer<Accepted> accepted, Consumer<Rejected> rejected);

  /**
   * The client is accepted.
   *
   * @param userId replaces the token's; null keeps it, empty means none
   * @param roles replace the token's; null keeps them
   * @param groups replace the token's, valid names; null keeps them
   * @param subprotocol one of those offered by the client, in its spelling; null for the default
   *     choice
   */
  record Accepted(
      @Nullable String userId,
      @Nullable List<String> roles,
      @Nullable List<String> groups,
      @Nullable String subprotocol)
      implements ConnectOutcome {

    /** An acceptance that keeps all properties of the token. */
    public static final Accepted AS_THE_TOKEN_SAYS = new Accepted(null, null, null, null);

    @Override
    public void match(Consumer<Accepted> accepted, Consumer<Rejected> rejected) {
      accepted.accept(this);
    }
  }

  /**
   * The client is rejected, or there was no valid answer.
   *
   * @param status the status for the client, 400 to 599
   * @param body the body for the client, mostly empty
   * @param contentType of the body; null if there is no body or no type
   * @param detail the reason, for the timeline
   */
  record Rejected(int status, byte[] body, @Nullable String contentType, String detail)
      implements ConnectOutcome {

    @Override
    public void match(Consumer<Accepted> accepted, Consumer<Rejected> rejected) {
      rejected.accept(this);
    }
  }
}
