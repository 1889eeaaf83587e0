package io.github.webpubsubtestkit.client;

import io.github.webpubsubtestkit.internal.expect.FailureText;
import io.github.webpubsubtestkit.internal.secrets.Secrets;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import io.github.webpubsubtestkit.internal.transport.ConnectionEnd;
import io.github.webpubsubtestkit.internal.transport.EndCause;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The end of a client's connection.
 *
 * @param end the end as seen by the transport
 * @param cause the action of this client that ended it, for example {@code close()}; null if none
 * @param at the time since the timeline began
 */
record Ending(ConnectionEnd end, @Nullable String cause, Duration at) {

  CloseStatus status() {
    return new CloseStatus(end.code(), end.reason());
  }

  /** The failure inside the kit that ended it, without secrets; null if none. */
  @Nullable Throwable failure() {
    return end.failure() == null ? null : Secrets.mask(end.failure());
  }

  /** Returns whether it ended without the service's close frame. */
  boolean isDropped() {
    return end.code() == 1006;
  }

  /** {@code closed by the service at +0.120 s with 1000 "bye"}. */
  String describe() {
    return describe(Optional.empty());
  }

  /** Returns whether the service ended it by a close frame. */
  boolean isByService() {
    return end.failure() == null && cause == null && end.cause() == EndCause.CLOSED;
  }

  /**
   * The same, with what the service said before: {@code closed by the service at +0.120 s with
   * 1000, after it said disconnected: "…"}.
   *
   * @param disconnected the text of its message, if there was one
   */
  String describe(Optional<String> disconnected) {
    String when = " at " + Timeline.seconds(at);
    if (end.failure() != null) {
      return "ended"
          + when
          + " because of an error inside this kit: "
          + Secrets.describe(end.failure());
    }
    if (cause != null) {
      return "ended by " + cause + when;
    }
    return switch (end.cause()) {
      case CLOSED -> "closed by the service" + when + " with " + describe(status(), disconnected);
      case LOST -> "lost" + when + ": the socket ended without a close frame";
      case FAILED -> "aborted" + when + ": an error inside this kit: " + end.reason();
      case ABORTED -> "aborted" + when;
      case OVERFLOW -> "ended" + when + ": more was queued to be sent than a test client keeps";
      case CLOSE_TIMEOUT -> "aborted" + when + ": the service did not answer the close frame";
      case STOPPED -> "ended" + when + " with the fake that it belonged to";
    };
  }

  private static String describe(CloseStatus status, Optional<String> disconnected) {
    String reason =
        status.reason().isEmpty() ? "" : " " + FailureText.quotedContent(status.reason());
    return status.code()
        + disconnected
            .map(
                said -> reason + ", after it said disconnected: " + FailureText.quotedContent(said))
            .orElse(reason.isEmpty() ? " and no reason" : reason);
  }
}
