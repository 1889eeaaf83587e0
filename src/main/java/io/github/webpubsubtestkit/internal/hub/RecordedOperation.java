package io.github.webpubsubtestkit.internal.hub;

import io.github.webpubsubtestkit.internal.wire.Payload;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing that an application or a client asked of the service, with its result.
 *
 * @param operation what was asked
 * @param caller who asked
 * @param hub the hub's name in lower case, or empty
 * @param details what it was asked with
 * @param result what became of it
 * @param at when it came, in the timeline's time
 */
public record RecordedOperation(
    Operation operation,
    Caller caller,
    String hub,
    RequestDetails details,
    Result result,
    Duration at) {

  /**
   * What became of a request.
   *
   * @param text {@code 202}, {@code 404 Error.Connection.NotExisted}, {@code ok}, {@code
   *     Forbidden}, …
   * @param successful whether it was carried out
   * @param connections how many connections it reached; 0 if it was not carried out
   */
  public record Result(String text, boolean successful, int connections) {

    /** Of a request that was carried out. */
    public static Result done(String text, int connections) {
      return new Result(text, true, connections);
    }

    /** Of a request that was refused. */
    public static Result refused(String text) {
      return new Result(text, false, 0);
    }
  }

  /** Returns whether it is a client that wants to connect. */
  public boolean isHandshake() {
    return operation.isHandshake();
  }

  /** The connection it is about. */
  public @Nullable String connectionId() {
    return details.connectionId();
  }

  /** The user it is about. */
  public @Nullable String userId() {
    return details.userId();
  }

  /** The group it is about. */
  public @Nullable String group() {
    return details.group();
  }

  /** The name of a user event. */
  public @Nullable String event() {
    return details.event();
  }

  /** What is to be sent. */
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
