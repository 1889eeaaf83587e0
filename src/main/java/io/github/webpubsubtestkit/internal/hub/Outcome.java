package io.github.webpubsubtestkit.internal.hub;

import java.util.List;

/** What has become of a server's request. */
public sealed interface Outcome {

  /** How many connections it has reached: sent to, closed, changed or found. */
  int connections();

  /** It was carried out, or the answer is yes. */
  record Done(int connections) implements Outcome {}

  /**
   * It was not carried out, or the answer is no.
   *
   * @param message what the service says of it (rest-api 4.2)
   */
  record Refused(Reason reason, String message) implements Outcome {

    @Override
    public int connections() {
      return 0;
    }
  }

  /** The members that were asked for, in the order of their ids. */
  record Members(List<ConnectionView> members) implements Outcome {

    @Override
    public int connections() {
      return members.size();
    }
  }

  /** The token that was asked for. */
  record Token(String token) implements Outcome {

    @Override
    public int connections() {
      return 0;
    }
  }

  /** Why a request is refused. */
  enum Reason {
    /** There is no such connection. */
    NO_CONNECTION,
    /** The user has no connection. */
    NO_USER,
    /** The group has no member. */
    EMPTY_GROUP,
    /** The connection does not hold the permission. */
    NO_PERMISSION,
    /** The connection has as many rules for the permission as it may have. */
    LIMIT_REACHED
  }

  /** Returns whether it was carried out. */
  default boolean isDone() {
    return !(this instanceof Refused);
  }
}
