package io.github.webpubsubtestkit.handler;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * The answer of an {@link EventHandlerStub} to a user event. Immutable; designed for static import.
 *
 * <pre>{@code
 * handler.onUserEvent("shout", event -> reply(event.text().toUpperCase()));
 * handler.onUserEvent("store", event -> acknowledge().state("stored"));
 * handler.onUserEvent("fail", event -> fail(500));
 * }</pre>
 *
 * @since 0.1
 */
public final class EventAnswer {

  private final StubAnswer answer;

  private EventAnswer(StubAnswer answer) {
    this.answer = answer;
  }

  /**
   * Accepts the event without a reply.
   *
   * @return an answer with status 204
   * @since 0.1
   */
  public static EventAnswer acknowledge() {
    return new EventAnswer(StubAnswer.of(204));
  }

  /**
   * Accepts the event and replies to its sender with a text.
   *
   * @param text the reply; empty for none
   * @return an answer with status 200
   * @since 0.1
   */
  public static EventAnswer reply(String text) {
    notNull(text, "reply", "text");
    return reply("text/plain; charset=utf-8", text.getBytes(UTF_8));
  }

  /**
   * Accepts the event and replies to its sender with JSON.
   *
   * @param json a String is JSON text, anything else is written by the fake's mapper
   * @return an answer with status 200
   * @throws IllegalArgumentException if the String is no JSON; an object that cannot be written
   *     fails the callback that answers it
   * @since 0.1
   */
  public static EventAnswer replyJson(Object json) {
    notNull(json, "replyJson", "json");
    return new EventAnswer(StubAnswer.of(200).json(json));
  }

  /**
   * Accepts the event and replies to its sender with binary data.
   *
   * @param bytes the reply; empty for none
   * @return an answer with status 200
   * @since 0.1
   */
  public static EventAnswer replyBinary(byte[] bytes) {
    notNull(bytes, "replyBinary", "bytes");
    return reply("application/octet-stream", bytes.clone());
  }

  private static EventAnswer reply(String type, byte[] body) {
    return new EventAnswer(StubAnswer.of(200).body(type, body));
  }

  /**
   * Fails with a status. From 500 on, and for 408, the service retries; finally the sender gets the
   * ack {@code InternalServerError}, or is closed with 1011 if it is a simple client.
   *
   * @param status the status, 300 to 599
   * @return an answer without a body
   * @throws IllegalArgumentException if the status is out of that range
   * @since 0.1
   */
  public static EventAnswer fail(int status) {
    return new EventAnswer(StubAnswer.of(StubAnswer.checkedFailure(status)));
  }

  /**
   * Never answers, like a hanging application: the event fails when the fake's {@code
   * handlerDeadline} has passed.
   *
   * @return an answer that is never sent
   * @since 0.1
   */
  public static EventAnswer hang() {
    return new EventAnswer(StubAnswer.nothing());
  }

  /**
   * Breaks the connection, like a failing application: the service retries, and finally the event
   * fails.
   *
   * @return an answer that is never sent
   * @since 0.1
   */
  public static EventAnswer breakConnection() {
    return new EventAnswer(StubAnswer.reset());
  }

  /**
   * Replaces the state of the connection, which each later event contains.
   *
   * @param state the state, in visible ASCII
   * @return a new answer
   * @throws IllegalArgumentException if it has other characters
   * @since 0.1
   */
  public EventAnswer state(String state) {
    notNull(state, "state", "state");
    return header("ce-connectionState", state);
  }

  /**
   * Adds metadata to the reply.
   *
   * @param key the key; the client receives it in lower case
   * @param value the value, in visible ASCII
   * @return a new answer
   * @throws IllegalArgumentException if one of them has other characters
   * @since 0.1
   */
  public EventAnswer metadata(String key, String value) {
    notNull(key, "metadata", "key");
    notNull(value, "metadata", "value");
    return header(UserEvent.METADATA + key, value);
  }

  /**
   * Adds a header to the response.
   *
   * @param name the header
   * @param value the value, in visible ASCII
   * @return a new answer
   * @throws IllegalArgumentException if one of them has other characters
   * @since 0.1
   */
  public EventAnswer header(String name, String value) {
    notNull(name, "header", "name");
    notNull(value, "header", "value");
    return new EventAnswer(answer.header(name, value));
  }

  /**
   * Delays the answer, by {@code service.clock()}.
   *
   * @param delay the delay from the call of the stub
   * @return a new answer
   * @throws IllegalArgumentException if the delay is negative
   * @since 0.1
   */
  public EventAnswer after(Duration delay) {
    notNull(delay, "after", "delay");
    return new EventAnswer(answer.after(delay));
  }

  /**
   * Delays the answer until a signal.
   *
   * <pre>{@code
   * CompletableFuture<Void> gate = new CompletableFuture<>();
   * handler.onUserEvent("message", event -> reply("done").onceDone(gate));
   * simple.sendText("x");            // the handler is called, and no thread waits
   * gate.complete(null);             // now the client gets "done"
   * }</pre>
   *
   * @param signal the signal to wait for; its result is ignored, even if it fails
   * @return a new answer
   * @since 0.1
   */
  public EventAnswer onceDone(CompletionStage<?> signal) {
    notNull(signal, "onceDone", "signal");
    return new EventAnswer(answer.onceDone(signal));
  }

  StubAnswer toStubAnswer() {
    return answer;
  }

  @Override
  public String toString() {
    return answer.toString();
  }
}
