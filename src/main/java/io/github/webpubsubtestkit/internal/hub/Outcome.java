package io.github.webpubsubtestkit.internal.hub;

import java.util.List;

/** The outcome of a server's request. */
public sealed interface Outcome {

  /** The number of connections it has reached: sent to, closed, changed or found. */
  int connections();

  /** It was carried out, or the answer is yes. */
  record Done(int connections) implements Outcome {}

  /**
   * It was not carried out, or the answer is no.
   *
   * @param message the service's message (rest-api 4.2)
   */
  record Refused(Reason reason, String message) implements Outcome {

    @Override
    public int connections() {
      return 0;
    }
  }

  /** The requested members, in the order of their ids. */
  record Members(List<ConnectionView> members) implements Outcome {

    @Override
    public int connections() {
      return members.size();
    }
  }

  /** The requested token. */
  record Token(String token) implements Outcome {

    @Override
    public int connections() {
      return 0;
    }
  }

  /** The reason why a request is rejected. */
  enum Reason {
    /** The connection does not exist. */
    NO_CONNECTION,
    /** The user has no connection. */
    NO_USER,
    /** The group has no member. */
    EMPTY_GROUP,
    /** The connection does not hold the permission. */
    NO_PERMISSION,
    /** The connection has the maximum number of rules for the permission. */
    LIMIT_REACHED
  }

  /** Returns whether it was carried out. */
  default boolean isDone() {
    return !(this instanceof Refused);
  }
}
