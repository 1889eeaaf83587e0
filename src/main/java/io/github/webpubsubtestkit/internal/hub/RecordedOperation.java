package io.github.webpubsubtestkit.internal.hub;

import io.github.webpubsubtestkit.internal.wire.Payload;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request of an application or a client, with its result.
 *
 * @param operation the operation
 * @param caller the origin of the request
 * @param hub the hub's name in lower case, or empty
 * @param details the details of the request
 * @param result its result
 * @param at the time of arrival, in the timeline's time
 */
public record RecordedOperation(
    Operation operation,
    Caller caller,
    String hub,
    RequestDetails details,
    Result result,
    Duration at) {

  /**
   * The result of a request.
   *
   * @param text {@code 202}, {@code 404 Error.Connection.NotExisted}, {@code ok}, {@code
   *     Forbidden}, …
   * @param successful true if it was carried out
   * @param connections the number of connections it reached; 0 if it was not carried out
   * @param reason why it was rejected, as far as the text does not say it; may be empty
   */
  public record Result(String text, boolean successful, int connections, String reason) {

    /** The result of a request that was carried out. */
    public static Result done(String text, int connections) {
      return new Result(text, true, connections, "");
    }

    /** The result of a request that was rejected. */
    public static Result refused(String text) {
      return refused(text, "");
    }

    /** The result of a request that was rejected, and why. */
    public static Result refused(String text, String reason) {
      return new Result(text, false, 0, reason);
    }

    /**
     * The whole result: {@code 202, to nobody}, {@code 404 Error.Connection.NotExisted: …}.
     *
     * @param operation what was asked
     */
    public String describe(Operation operation) {
      if (successful) {
        String reach = operation.reach(connections);
        return text.isEmpty() ? reach : reach.isEmpty() ? text : text + ", " + reach;
      }
      return text.isEmpty() ? reason : reason.isEmpty() ? text : text + ": " + reason;
    }
  }

  /** The whole outcome: {@code 202, to nobody}, with what else is worth telling of it. */
  public String wholeOutcome() {
    String remark = details.remark();
    return result.describe(operation) + (remark.isEmpty() ? "" : ", " + remark);
  }

  /** Returns whether it was carried out, but on no connection. */
  public boolean isInVain() {
    return successful() && result.connections() == 0 && !operation.reach(0).isEmpty();
  }

  /** Returns whether it is a client's handshake. */
  public boolean isHandshake() {
    return operation.isHandshake();
  }

  /** The target connection. */
  public @Nullable String connectionId() {
    return details.connectionId();
  }

  /** The target user. */
  public @Nullable String userId() {
    return details.userId();
  }

  /** The target group. */
  public @Nullable String group() {
    return details.group();
  }

  /** The name of a user event. */
  public @Nullable String event() {
    return details.event();
  }

  /** The payload to send. */
  public @Nullable Payload payload() {
    return details.payload();
  }

  /** The query of a REST call; empty for a client's request. */
  public Map<String, List<String>> parameters() {
    return details.parameters();
  }

  /** The call over REST; null for a client's request. */
  public @Nullable RestDetails http() {
    return details.http();
  }

  /** {@code 202}, {@code Forbidden}, … */
  public String outcome() {
    return result.text();
  }

  /** Returns whether it was carried out. */
  public boolean successful() {
    return result.successful();
  }
}
