package io.github.webpubsubtestkit.internal.hub;

import java.util.List;
import java.util.Map;

/** A request or handshake that an {@link Interceptor} has taken over. */
public interface InterceptedCall {

  /** Carries it out and answers it, as usual but for a difference. */
  void proceed(Deviation how);

  /** Answers it without carrying it out. */
  void answer(Answer answer);

  /**
   * Leaves it without an answer for as long as its connection lasts.
   *
   * @return ends the connection
   */
  Runnable hang();

  /** Ends its connection without an answer and without carrying it out. */
  void drop();

  /**
   * An answer.
   *
   * @param headers name and value of each header line beyond those that every answer has
   * @param body not changed any more
   */
  record Answer(int status, List<Map.Entry<String, String>> headers, byte[] body) {}
}
