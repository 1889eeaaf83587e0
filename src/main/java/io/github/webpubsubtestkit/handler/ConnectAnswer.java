package io.github.webpubsubtestkit.handler;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.noneNull;
import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link EventHandlerStub} answers to {@code connect}. Immutable; made for static import.
 *
 * <pre>{@code
 * handler.onConnect(event -> accept().userId("alice").groups("room").state("new"));
 * handler.onConnect(event -> reject(401));
 * }</pre>
 *
 * @since 0.1
 */
public final class ConnectAnswer {

  private static final JsonFactory JSON = new JsonFactory();

  private final StubAnswer answer;
  private final @Nullable String userId;
  private final @Nullable List<String> roles;
  private final @Nullable List<String> groups;
  private final @Nullable String subprotocol;

  private ConnectAnswer(
      StubAnswer answer,
      @Nullable String userId,
      @Nullable List<String> roles,
      @Nullable List<String> groups,
      @Nullable String subprotocol) {
    this.answer = answer;
    this.userId = userId;
    this.roles = roles;
    this.groups = groups;
    this.subprotocol = subprotocol;
  }

  private ConnectAnswer(StubAnswer answer) {
    this(answer, null, null, null, null);
  }

  /**
   * The client may connect, as its token says.
   *
   * @return an answer with status 204, or 200 once it says more
   * @since 0.1
   */
  public static ConnectAnswer accept() {
    return new ConnectAnswer(StubAnswer.of(204));
  }

  /**
   * The client may not connect. It gets the status; from 500 on, and with 408, the service first
   * asks again.
   *
   * @param status 300 to 599; 401 is usual
   * @return an answer without a body
   * @throws IllegalArgumentException if the status is another one
   * @since 0.1
   */
  public static ConnectAnswer reject(int status) {
    return new ConnectAnswer(StubAnswer.of(StubAnswer.checkedFailure(status)));
  }

  /**
   * The client may not connect. It gets the status; the text only if the fake is built with {@code
   * forwardConnectErrorBody(true)}.
   *
   * @param status 300 to 599; 401 is usual
   * @param text the body of the answer
   * @return an answer with a text
   * @throws IllegalArgumentException if the status is another one
   * @since 0.1
   */
  public static ConnectAnswer reject(int status, String text) {
    notNull(text, "reject", "text");
    return new ConnectAnswer(
        StubAnswer.of(StubAnswer.checkedFailure(status))
            .body("text/plain; charset=utf-8", text.getBytes(UTF_8)));
  }

  /**
   * The application hangs: the client gets 500 when the fake's {@code handlerDeadline} is over.
   *
   * @return no answer
   * @since 0.1
   */
  public static ConnectAnswer hang() {
    return new ConnectAnswer(StubAnswer.nothing());
  }

  /**
   * The application breaks the connection: the service asks again, and at last the client gets 500.
   *
   * @return no answer
   * @since 0.1
   */
  public static ConnectAnswer breakConnection() {
    return new ConnectAnswer(StubAnswer.reset());
  }

  /**
   * A user in place of the token's.
   *
   * @param user the user id; an empty one takes the token's away
   * @return a new answer
   * @throws IllegalStateException if this answer does not accept
   * @since 0.1
   */
  public ConnectAnswer userId(String user) {
    notNull(user, "userId", "user");
    return new ConnectAnswer(accepting("userId"), user, roles, groups, subprotocol);
  }

  /**
   * Roles in place of the token's.
   *
   * @param names for example {@code webpubsub.joinLeaveGroup}; none takes the token's away
   * @return a new answer
   * @throws IllegalStateException if this answer does not accept
   * @since 0.1
   */
  public ConnectAnswer roles(String... names) {
    noneNull(names, "roles", "names");
    return new ConnectAnswer(accepting("roles"), userId, List.of(names), groups, subprotocol);
  }

  /**
   * Groups that the connection joins at once, in place of the token's.
   *
   * @param names the groups; none leaves the token's as they are, as in Azure
   * @return a new answer
   * @throws IllegalStateException if this answer does not accept
   * @since 0.1
   */
  public ConnectAnswer groups(String... names) {
    noneNull(names, "groups", "names");
    return new ConnectAnswer(accepting("groups"), userId, roles, List.of(names), subprotocol);
  }

  /**
   * The subprotocol to be used.
   *
   * @param name one that the client offers; with another one it gets 500
   * @return a new answer
   * @throws IllegalStateException if this answer does not accept
   * @since 0.1
   */
  public ConnectAnswer subprotocol(String name) {
    notNull(name, "subprotocol", "name");
    return new ConnectAnswer(accepting("subprotocol"), userId, roles, groups, name);
  }

  /**
   * A state for the connection, which comes back with each later event.
   *
   * @param state visible ASCII
   * @return a new answer
   * @throws IllegalArgumentException if it has other characters
   * @since 0.1
   */
  public ConnectAnswer state(String state) {
    notNull(state, "state", "state");
    return header("ce-connectionState", state);
  }

  /**
   * One more header line.
   *
   * @param name the header
   * @param value visible ASCII
   * @return a new answer
   * @throws IllegalArgumentException if one of them has other characters
   * @since 0.1
   */
  public ConnectAnswer header(String name, String value) {
    notNull(name, "header", "name");
    notNull(value, "header", "value");
    return with(answer.header(name, value));
  }

  /**
   * The answer comes so much later, by {@code service.clock()}.
   *
   * @param delay from the moment the stub was called
   * @return a new answer
   * @throws IllegalArgumentException if the delay is negative
   * @since 0.1
   */
  public ConnectAnswer after(Duration delay) {
    notNull(delay, "after", "delay");
    return with(answer.after(delay));
  }

  /**
   * The answer comes when something else has happened.
   *
   * @param signal what is waited for, for example a {@code CompletableFuture} that the test
   *     completes; its result does not matter, nor whether it failed
   * @return a new answer
   * @since 0.1
   */
  public ConnectAnswer when(CompletionStage<?> signal) {
    notNull(signal, "when", "signal");
    return with(answer.when(signal));
  }

  private ConnectAnswer with(StubAnswer other) {
    return new ConnectAnswer(other, userId, roles, groups, subprotocol);
  }

  private StubAnswer accepting(String what) {
    if (answer.kind() != StubAnswer.Kind.ANSWER || answer.status() >= 300) {
      throw new IllegalStateException(what + " belongs to accept(), but this answer is: " + answer);
    }
    return answer;
  }

  StubAnswer toStubAnswer() {
    if (userId == null && roles == null && groups == null && subprotocol == null) {
      return answer;
    }
    return new StubAnswer(
        answer.kind(),
        200,
        answer.headers(),
        "application/json; charset=utf-8",
        json(),
        null,
        answer.delay(),
        answer.signal());
  }

  private byte[] json() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      if (userId != null) {
        json.writeStringField("userId", userId);
      }
      write(json, "roles", roles);
      write(json, "groups", groups);
      if (subprotocol != null) {
        json.writeStringField("subprotocol", subprotocol);
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static void write(JsonGenerator json, String name, @Nullable List<String> values)
      throws IOException {
    if (values != null) {
      json.writeArrayFieldStart(name);
      for (String value : values) {
        json.writeString(value);
      }
      json.writeEndArray();
    }
  }

  @Override
  public String toString() {
    return toStubAnswer().toString();
  }
}
