package io.github.webpubsubtestkit.internal.upstream;

import io.github.webpubsubtestkit.internal.hub.InterceptedCall.Answer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a test has ordered to go wrong between the service and its event handlers. */
public interface HandlerFaults {

  /**
   * An attempt to deliver an event is about to be sent. Must neither block nor call back.
   *
   * @return what becomes of it; null if nothing goes wrong
   */
  @Nullable EventFate onEvent(EventAttempt attempt);

  /** An attempt to deliver an event. */
  record EventAttempt(String hub, String event, @Nullable String userId, String connectionId) {}

  /**
   * What becomes of an attempt.
   *
   * @param kind what instead of its being sent and answered
   * @param delay how much later its answer comes
   * @param answer the answer if there is one
   * @param fault what the test ordered
   */
  record EventFate(Kind kind, Duration delay, @Nullable Answer answer, String fault) {

    /** The effects. */
    public enum Kind {
      /** It is sent and answered. */
      USUAL,
      /** It is not sent, but answered. */
      ANSWERED,
      /** It is not sent, as there is no connection. */
      DROPPED,
      /** It is sent, and its answer is lost. */
      ANSWER_DROPPED,
      /** It is not sent, and has no answer. */
      UNANSWERED
    }
  }
}
